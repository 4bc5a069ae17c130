package org.tacit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Every loss: its formula, its first two derivatives, large predictions, kinks, parameters. */
class LossLawsTest {
  private static final int ROWS = 60;

  private static List<LossCase> losses() {
    return LossCase.all();
  }

  /** Random scores with their labels, none within 0.01 of where pieces meet. */
  private record Points(LossCase loss, Matrix scores, Matrix labels) {
    static Points of(LossCase loss, double scale, long seed) {
      Random random = new Random(seed);
      int outputs = loss.outputs();
      double[] scores = new double[ROWS * outputs];
      double[] labels = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        double[] row = new double[outputs];
        do {
          labels[i] = loss.label(random);
          for (int j = 0; j < outputs; j++) {
            row[j] = scale * random.nextGaussian();
          }
        } while (Math.abs(loss.kinks().applyAsDouble(row, labels[i])) < 0.01);
        System.arraycopy(row, 0, scores, i * outputs, outputs);
      }
      return new Points(
          loss, Matrix.adopting(ROWS, outputs, scores), Matrix.adopting(ROWS, 1, labels));
    }

    Var symbol() {
      return Var.input("scores", Shape.of(ROWS, loss.outputs()));
    }

    Var losses() {
      return loss.loss().of(symbol(), Var.input("label", Shape.of(ROWS, 1)));
    }

    Matrix value(Var of, Matrix at) {
      return OnDriver.value(of, Map.of("scores", at, "label", labels));
    }

    double[] row(int i) {
      double[] row = new double[loss.outputs()];
      for (int j = 0; j < row.length; j++) {
        row[j] = scores.at(i, j);
      }
      return row;
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valueIsTheFormula(LossCase loss) {
    for (double scale : List.of(1.5, 1000.0)) {
      Points points = Points.of(loss, scale, 3);
      Matrix found = points.value(points.losses(), points.scores());
      for (int i = 0; i < ROWS; i++) {
        double expected = loss.formula().applyAsDouble(points.row(i), points.labels().at(i));
        if (Double.isFinite(expected)) {
          assertThat(found.at(i)).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
        } else {
          assertThat(found.at(i)).isNotNaN();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void derivativesAreThoseOfCentralDifferences(LossCase loss) {
    Points points = Points.of(loss, 1.2, 4);
    Var gradient = Vjp.gradient(points.losses().sum(), points.symbol());
    Random random = new Random(5);
    Matrix direction = points.scores().map(s -> random.nextGaussian());
    Var product =
        Vjp.gradient(gradient.dot(Var.constant(direction)), points.symbol())
            .times(Var.constant(direction))
            .sum();
    double h = 1e-5;
    Matrix up = points.scores().plus(h, direction);
    Matrix down = points.scores().plus(-h, direction);
    Var total = points.losses().sum();
    double slope = (points.value(total, up).value() - points.value(total, down).value()) / (2 * h);
    Matrix here = points.value(gradient, points.scores());
    assertThat(here.dot(direction)).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
    assertThat(here.norm()).isGreaterThan(0.5);
    Matrix change =
        points.value(gradient, up).minus(points.value(gradient, down)).times(1 / (2 * h));
    double curvature = change.dot(direction);
    assertThat(points.value(product, points.scores()).value())
        .isCloseTo(curvature, within(1e-5 * (1 + Math.abs(curvature))));
    assertThat(curvature == 0).isEqualTo(loss.loss().smoothAlternative().isPresent());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void slopesOfLargePredictionsAreNumbers(LossCase loss) {
    Points points = Points.of(loss, 1000, 6);
    Var gradient = Vjp.gradient(points.losses().sum(), points.symbol());
    Matrix found = points.value(gradient, points.scores());
    boolean growsAsExp =
        loss.loss().labels() == Labels.NON_NEGATIVE || loss.loss().labels() == Labels.POSITIVE;
    assertThat(found.maxAbs()).isNotNaN();
    if (!growsAsExp) {
      assertThat(found.maxAbs()).isLessThan(1e4);
    }
  }

  private static double slope(Loss loss, double prediction, double label) {
    Var p = Var.input("p", Shape.of(1, 1));
    Var gradient = Vjp.gradient(loss.of(p, Var.constant(label)), p);
    return OnDriver.value(gradient, Map.of("p", Matrix.scalar(prediction))).value();
  }

  private static double curvature(Loss loss, double prediction, double label) {
    Var p = Var.input("p", Shape.of(1, 1));
    Var gradient = Vjp.gradient(loss.of(p, Var.constant(label)), p);
    return OnDriver.value(Vjp.gradient(gradient, p), Map.of("p", Matrix.scalar(prediction)))
        .value();
  }

  @Test
  void kinksHaveTheDerivativesTheyState() {
    assertThat(slope(Loss.absolute(0), 2, 2)).isZero();
    assertThat(slope(Loss.quantile(0.2, 0), 2, 2)).isEqualTo(0.3);
    assertThat(slope(Loss.hinge(), -1, -1)).isEqualTo(1);
    assertThat(slope(Loss.perceptron(), 0, 1)).isEqualTo(-1);
    assertThat(slope(Loss.smoothedHinge(0.5), 0.5, 1)).isEqualTo(-1);
    assertThat(slope(Loss.sparsemax(), -1, 1)).isEqualTo(-1);
    assertThat(curvature(Loss.squaredHinge(), 1, 1)).isEqualTo(2);
    assertThat(curvature(Loss.huber(2), 3, 1)).isZero();
    assertThat(curvature(Loss.huber(2), 1, 1)).isEqualTo(1);
    assertThat(curvature(Loss.smoothedHinge(0.5), 1, 1)).isZero();
    assertThat(curvature(Loss.sparsemax(), 1, 1)).isZero();
    assertThat(curvature(Loss.absolute(0.25), 1, 1)).isEqualTo(4);
  }

  @Test
  void tiesOfClassesShareTheSlope() {
    Var s = Var.input("s", Shape.of(1, 3));
    Var loss = Loss.multiclassPerceptron().of(s, Var.constant(0));
    Matrix gradient = OnDriver.value(Vjp.gradient(loss, s), Map.of("s", Matrix.of(1, 3, 1, 2, 2)));
    assertThat(gradient).isEqualTo(Matrix.of(1, 3, -1, 0.5, 0.5));
  }

  @Test
  void tweedieAtZeroLabelsIsFiniteHoweverSmallTheMean() {
    assertThat(slope(Loss.tweedie(1.9), -1000, 0)).isBetween(0.0, 1e-40);
    assertThat(curvature(Loss.tweedie(1.9), -1000, 0)).isBetween(0.0, 1e-40);
  }

  /** Values of the program in the place of numbers: the same loss, and its slope in them. */
  @ParameterizedTest
  @MethodSource("losses")
  void parametersAreValuesOfTheProgramToo(LossCase loss) {
    for (Parameter parameter : loss.loss().parameters()) {
      double t = parameter.link().inverse(parameter.value());
      if (Double.isInfinite(t)) {
        assertThat(parameter.value()).isZero();
        continue;
      }
      Points points = Points.of(loss, 1.2, 8);
      Var symbol = Var.input("t", Shape.SCALAR);
      Loss with = loss.loss().with(parameter.name(), parameter.link().of(symbol));
      Var total = with.of(points.symbol(), Var.input("label", Shape.of(ROWS, 1))).sum();
      Matrix stated = points.value(points.losses().sum(), points.scores());
      assertThat(at(points, total, t)).isCloseTo(stated.value(), within(1e-12 * stated.maxAbs()));
      double h = 1e-5;
      double slope = (at(points, total, t + h) - at(points, total, t - h)) / (2 * h);
      assertThat(Math.abs(slope)).isGreaterThan(1e-3);
      assertThat(at(points, Vjp.gradient(total, symbol), t))
          .isCloseTo(slope, within(1e-7 * Math.abs(slope) + 1e-7));
    }
  }

  private static double at(Points points, Var value, double t) {
    return OnDriver.value(
            value,
            Map.of("scores", points.scores(), "label", points.labels(), "t", Matrix.scalar(t)))
        .value();
  }

  @Test
  void parametersThatALossHasNotAreNamed() {
    assertThatThrownBy(() -> Loss.huber(1).with("power", Var.constant(1)))
        .hasMessage("Invalid parameter of loss huber: power (must be one of [delta])");
  }

  @Test
  void parametersOutOfBoundsAreNamed() {
    assertThatThrownBy(() -> Loss.huber(0))
        .hasMessage("Invalid delta: 0.0 (must be > 0 and finite)");
    assertThatThrownBy(() -> Loss.absolute(-1))
        .hasMessage("Invalid smoothing: -1.0 (must be >= 0 and finite)");
    assertThatThrownBy(() -> Loss.tweedie(2))
        .hasMessage("Invalid power: 2.0 (must be > 1.0 and < 2.0)");
    assertThatThrownBy(() -> Loss.quantile(Double.NaN, 0))
        .hasMessage("Invalid quantile: NaN (must be > 0.0 and < 1.0)");
  }

  @Test
  void labelsOfTwoLossesAreThoseOfBoth() {
    assertThat(Labels.REAL.and(Labels.POSITIVE)).contains(Labels.POSITIVE);
    assertThat(Labels.POSITIVE.and(Labels.NON_NEGATIVE)).contains(Labels.POSITIVE);
    assertThat(Labels.BINARY.and(Labels.REAL)).contains(Labels.BINARY);
    assertThat(Labels.BINARY.and(Labels.NON_NEGATIVE)).isEmpty();
    assertThat(Labels.CLASSES.and(Labels.REAL)).isEmpty();
    assertThat(Labels.CLASSES.and(Labels.CLASSES)).contains(Labels.CLASSES);
  }
}
