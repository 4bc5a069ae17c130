package org.tacit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Perturbed maxima over the simplex: with Gumbel noise, softmax and log-sum-exp. */
class PerturbedTest {
  private static final int SAMPLES = 200_000;
  private static final double EPSILON = 0.7;
  private static final Matrix AT = Matrix.of(1, 3, 0.4, -0.3, 0.1);
  private static final Matrix ALONG = Matrix.of(1, 3, 1, -0.5, 0.2);

  private final Var s = Var.input("s", Shape.of(1, 3));
  private final Var v = Var.input("v", Shape.of(1, 3));
  private final Passes passes = Passes.over("samples", Perturbed.Draws.table(SAMPLES, 3));
  private final Perturbed.Draws draws = draws(7);
  private final Perturbed gumbel =
      Perturbed.of(Perturbed::largest, Perturbed.Noise.GUMBEL, EPSILON);

  /** What the means of Gumbel noise are. */
  private final Var softmax = s.divide(EPSILON).softmax();

  private static Perturbed.Draws draws(long seed) {
    return Perturbed.Draws.overRows(Var.column("samples", Perturbed.Draws.NUMBER, 1), seed);
  }

  private Matrix value(Var of) {
    return value(of, AT);
  }

  private Matrix value(Var of, Matrix at) {
    return passes.evaluate(Program.of("y", of.node()), Map.of("s", at, "v", ALONG)).get("y");
  }

  private void assertWithin(Var found, Var expected, double standardError) {
    Matrix known = OnDriver.value(expected, Map.of("s", AT, "v", ALONG));
    assertThat(known.maxAbs()).isGreaterThan(12 * standardError);
    assertThat(value(found).minus(known).maxAbs()).isLessThan(4 * standardError);
  }

  @Test
  void gumbelNoiseGivesSoftmaxAndLogSumExp() {
    assertWithin(gumbel.argmax(s, draws), softmax, 0.5 / Math.sqrt(SAMPLES));
    Var logSumExp = s.divide(EPSILON).logSumExp().times(EPSILON);
    double deviation = EPSILON * Math.PI / Math.sqrt(6);
    assertWithin(gumbel.max(s, draws), logSumExp, deviation / Math.sqrt(SAMPLES));
  }

  /** The score 1 - exp(-w) has variance 1; each product with it and a vertex no more. */
  @Test
  void jacobianIsThatOfSoftmax() {
    double standardError = ALONG.norm() / EPSILON / Math.sqrt(SAMPLES);
    for (Perturbed perturbed : List.of(gumbel, gumbel.withControlVariate())) {
      Var argmax = perturbed.argmax(s, draws);
      assertWithin(Jvp.of(argmax, s, v), Jvp.of(softmax, s, v), standardError);
      assertWithin(Vjp.gradient(argmax.dot(v), s), Vjp.gradient(softmax.dot(v), s), standardError);
    }
  }

  /** The second score, (1 - e)^2 - e with e exponential, has variance 5; times |v|^2 / eps^2. */
  @Test
  void secondDerivativesFollow() {
    Var found = Jvp.of(Jvp.of(gumbel.argmax(s, draws), s, v), s, v);
    Var known = Jvp.of(Jvp.of(softmax, s, v), s, v);
    double scale = ALONG.dot(ALONG) / (EPSILON * EPSILON);
    assertWithin(found, known, Math.sqrt(5) * scale / Math.sqrt(SAMPLES));
  }

  @Test
  void normalNoiseOfTwoScoresGivesTheNormalDistribution() {
    Var pair = Var.input("p", Shape.of(1, 2));
    Perturbed normal = Perturbed.of(Perturbed::largest, Perturbed.Noise.NORMAL, EPSILON);
    Var first = normal.argmax(pair, draws).dot(Var.constant(Matrix.of(1, 2, 1, 0)));
    Map<String, Matrix> at = Map.of("p", Matrix.of(1, 2, 0.5, 0));
    double z = 0.5 / (EPSILON * Math.sqrt(2));
    double slope = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / (EPSILON * Math.sqrt(2));
    double probability = 0.6932473669; // of a standard normal below 0.5051
    double standardError = 1 / Math.sqrt(SAMPLES);
    assertThat(passes.evaluate(Program.of("y", first.node()), at).get("y").value())
        .isCloseTo(probability, within(2 * standardError));
    Matrix gradient =
        passes.evaluate(Program.of("y", Vjp.gradient(first, pair).node()), at).get("y");
    assertThat(gradient.at(0)).isCloseTo(slope, within(4 * standardError / EPSILON));
    assertThat(gradient.at(1)).isCloseTo(-slope, within(4 * standardError / EPSILON));
  }

  @Test
  void gradientOfTheMaximumIsTheArgmaxOfTheSameDraws() {
    for (Perturbed perturbed : List.of(gumbel, gumbel.withControlVariate())) {
      Var max = perturbed.max(s, draws);
      Matrix gradient = value(Vjp.gradient(max, s));
      assertThat(gradient.minus(value(perturbed.argmax(s, draws))).maxAbs()).isLessThan(1e-11);
      double h = 1e-6;
      double up = value(max, AT.plus(h, ALONG)).value();
      double down = value(max, AT.plus(-h, ALONG)).value();
      assertThat(gradient.dot(ALONG)).isCloseTo((up - down) / (2 * h), within(1e-5));
    }
  }

  @Test
  void gradientOfTheLossIsTheArgmaxLessTheTarget() {
    Var target = Var.constant(Matrix.of(1, 3, 0, 1, 0));
    Var loss = gumbel.loss(s, target, draws);
    Matrix expected = value(gumbel.argmax(s, draws).minus(target));
    assertThat(value(Vjp.gradient(loss, s)).minus(expected).maxAbs()).isLessThan(1e-11);
    assertThat(value(loss).value())
        .isCloseTo(value(gumbel.max(s, draws)).value() - AT.at(1), within(1e-12));
  }

  @Test
  void theControlVariateHasLessSpreadWhereNoiseIsSmall() {
    Perturbed sharp = Perturbed.of(Perturbed::largest, Perturbed.Noise.GUMBEL, 0.1);
    Passes few = Passes.over("samples", Perturbed.Draws.table(500, 2));
    double[] spread = new double[2];
    List<Perturbed> both = List.of(sharp, sharp.withControlVariate());
    Var known = Jvp.of(s.divide(0.1).softmax(), s, v);
    Matrix mean = OnDriver.value(known, Map.of("s", AT, "v", ALONG));
    for (int k = 0; k < 2; k++) {
      for (int seed = 0; seed < 40; seed++) {
        Var slope = Jvp.of(both.get(k).argmax(s, draws(seed)), s, v);
        Matrix found =
            few.evaluate(Program.of("y", slope.node()), Map.of("s", AT, "v", ALONG)).get("y");
        spread[k] += Math.pow(found.minus(mean).norm(), 2);
      }
    }
    assertThat(spread[1]).isLessThan(0.5 * spread[0]);
  }

  @Test
  void maximumAndJacobianProductAreOnePassWhateverThePartitions() {
    Var argmax = gumbel.argmax(s, draws);
    Program program =
        Program.of(
            Map.of(
                "max", gumbel.max(s, draws).node(),
                "argmax", argmax.node(),
                "jvp", Jvp.of(argmax, s, v).node()));
    long before = passes.ledger().total();
    var three = passes.evaluate(program, Map.of("s", AT, "v", ALONG));
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    Passes seven = Passes.over("samples", Perturbed.Draws.table(SAMPLES, 7));
    var other = seven.evaluate(program, Map.of("s", AT, "v", ALONG));
    three.forEach((name, m) -> assertThat(m.minus(other.get(name)).maxAbs()).isLessThan(1e-12));
  }

  @Test
  void eachRowMayHaveItsOwnSamples() {
    int rows = 400;
    Passes some = Passes.over("samples", Perturbed.Draws.table(rows, 3));
    Perturbed.Draws own =
        Perturbed.Draws.forEachRow(Var.column("samples", Perturbed.Draws.NUMBER, 1), 50, 3);
    Var scores = Var.column("samples", Perturbed.Draws.NUMBER, 1).times(0).plus(s);
    Perturbed controlled = gumbel.withControlVariate();
    Var argmax = controlled.argmax(scores, own).meanRows();
    Map<String, Matrix> at = Map.of("s", AT, "v", ALONG);
    Matrix mean = some.evaluate(Program.of("y", argmax.node()), at).get("y");
    Matrix slope = some.evaluate(Program.of("y", Jvp.of(argmax, s, v).node()), at).get("y");
    double standardError = 1 / Math.sqrt(50 * rows);
    assertThat(mean.minus(OnDriver.value(softmax, at)).maxAbs()).isLessThan(2 * standardError);
    assertThat(slope.minus(OnDriver.value(Jvp.of(softmax, s, v), at)).maxAbs())
        .isLessThan(4 * ALONG.norm() / EPSILON * standardError);
    Var max = controlled.max(scores, own).meanRows();
    Matrix gradient = some.evaluate(Program.of("y", Vjp.gradient(max, s).node()), at).get("y");
    assertThat(gradient.minus(mean).maxAbs()).isLessThan(1e-13);
  }

  @ParameterizedTest
  @EnumSource(Perturbed.Noise.class)
  void noiseHasItsMeanAndVariance(Perturbed.Noise noise) {
    Var rows = draws.noise(noise, 2).get(0);
    Map<String, Matrix> none = Map.of("s", AT, "v", ALONG);
    Matrix mean = passes.evaluate(Program.of("y", rows.meanRows().node()), none).get("y");
    Matrix square =
        passes.evaluate(Program.of("y", rows.transpose().matmul(rows).node()), none).get("y");
    double variance = noise == Perturbed.Noise.NORMAL ? 1 : Math.PI * Math.PI / 6;
    assertThat(mean.maxAbs()).isLessThan(4 * Math.sqrt(variance / SAMPLES));
    Matrix expected = Matrix.identity(2).times(variance);
    assertThat(square.times(1.0 / SAMPLES).minus(expected).maxAbs())
        .isLessThan(4 * 2.2 * variance / Math.sqrt(SAMPLES));
  }

  @Test
  void whatCannotBePerturbedIsNamed() {
    assertThatThrownBy(() -> Perturbed.of(Perturbed::largest, Perturbed.Noise.NORMAL, 0))
        .hasMessage("Invalid epsilon: 0.0 (must be > 0 and finite)");
    assertThatThrownBy(() -> Perturbed.Draws.forEachRow(s, 0, 1))
        .hasMessage("Invalid samples: 0 (must be >= 1)");
    assertThatThrownBy(() -> Perturbed.Draws.table(5, 0))
        .hasMessage("Invalid partitions: 0 (must be >= 1)");
  }
}
