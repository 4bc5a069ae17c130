package org.tacit.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Every loss at scores far from the origin, far apart, and masked; to the second derivative. */
class LossRangeTest {
  private static final double MASKED = Double.NEGATIVE_INFINITY;
  private static final List<Double> SIZES = List.of(1e3, 1e6, 1e9, 1e15, 1e17);

  private static List<LossCase> ofOneScore() {
    return LossCase.all().stream().filter(loss -> loss.outputs() == 1).toList();
  }

  private static List<LossCase> ofClasses() {
    return LossCase.all().stream().filter(loss -> loss.outputs() > 1).toList();
  }

  /** Labels that are smoothed are of all classes a little. */
  private static List<LossCase> ofOneClass() {
    return ofClasses().stream().filter(loss -> !isSmoothed(loss)).toList();
  }

  private static List<LossCase> ofSmoothedClasses() {
    return ofClasses().stream().filter(LossRangeTest::isSmoothed).toList();
  }

  private static boolean isSmoothed(LossCase loss) {
    return loss.loss().parameters().stream()
        .anyMatch(each -> each.name().equals(Loss.LABEL_SMOOTHING) && each.value() > 0);
  }

  /** A loss of one row, with its gradient and the product of its Hessian with a direction. */
  private record Row(Matrix value, Matrix gradient, Matrix product) {
    static Row of(LossCase loss, double[] scores, double label) {
      Matrix at = Matrix.of(1, scores.length, scores);
      Var s = Var.input("s", Shape.of(1, scores.length));
      Var value = loss.loss().of(s, Var.constant(label));
      Var gradient = Vjp.gradient(value.sum(), s);
      Matrix direction = Matrix.of(1, 4, 1, -2, 0.5, 3).columns(0, scores.length);
      Var product = Jvp.of(gradient, s, Var.constant(direction));
      Map<String, Matrix> inputs = Map.of("s", at);
      return new Row(
          OnDriver.value(value, inputs),
          OnDriver.value(gradient, inputs),
          OnDriver.value(product, inputs));
    }
  }

  private static void assertNear(double found, double expected, double tolerance) {
    if (Double.isInfinite(expected)) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(Math.abs(found - expected)).isLessThanOrEqualTo(tolerance);
    }
  }

  /** The formula, and central differences of it with steps as large as the score. */
  @ParameterizedTest
  @MethodSource("ofOneScore")
  void farScoresHaveTheFormulasValueAndSlope(LossCase loss) {
    for (double size : SIZES) {
      for (double score : List.of(size, -size)) {
        for (double label :
            loss.loss().labels() == Labels.BINARY ? List.of(-1.0, 1.0) : List.of(2.0)) {
          Row found = Row.of(loss, new double[] {score}, label);
          double expected = loss.formula().applyAsDouble(new double[] {score}, label);
          if (Double.isNaN(expected)) {
            assertThat(found.value().value()).isPositive();
            continue;
          }
          assertNear(found.value().value(), expected, 1e-14 * Math.abs(expected));
          double h = size / 1000;
          double up = loss.formula().applyAsDouble(new double[] {score + h}, label);
          double down = loss.formula().applyAsDouble(new double[] {score - h}, label);
          double slope = (up - down) / (2 * h);
          double bend = (up - 2 * expected + down) / (h * h);
          if (Double.isFinite(slope)) {
            assertNear(found.gradient().value(), slope, 1e-10 * (1 + Math.abs(slope)));
            assertNear(found.product().value(), bend, 1e-6 * (1 + size) / size);
          } else {
            assertThat(Math.abs(found.gradient().value())).isGreaterThan(1e100);
          }
        }
      }
    }
  }

  /** A row's scores may all move alike; here by numbers that round nothing. */
  @ParameterizedTest
  @MethodSource("ofClasses")
  void aCommonOffsetChangesNothing(LossCase loss) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(31L * seed);
      for (double offset : SIZES) {
        double grain = Math.max(0.125, Math.ulp(2 * offset));
        double[] near = new double[4];
        double[] far = new double[4];
        double[] away = new double[4];
        for (int c = 0; c < 4; c++) {
          near[c] = grain * random.nextInt(-12, 12);
          far[c] = near[c] + offset;
          away[c] = near[c] - offset;
        }
        double label = random.nextInt(4);
        Row expected = Row.of(loss, near, label);
        double value = loss.formula().applyAsDouble(near, label);
        for (Row found : List.of(Row.of(loss, far, label), Row.of(loss, away, label))) {
          assertNear(found.value().value(), value, 1e-14 * (1 + Math.abs(value)));
          assertThat(found.gradient().minus(expected.gradient()).maxAbs()).isLessThan(1e-14);
          assertThat(found.product().minus(expected.product()).maxAbs()).isLessThan(1e-13);
        }
      }
    }
  }

  /** Scores so far apart that one class is ahead of all others: its loss is linear. */
  @ParameterizedTest
  @MethodSource("ofOneClass")
  void scoresFarApartLeaveOneClass(LossCase loss) {
    for (double size : SIZES) {
      double[] scores = {-size, size, 0, 0.5 * size};
      for (int label = 0; label < 4; label++) {
        Row found = Row.of(loss, scores, label);
        double one = loss.loss().equals(Loss.multiclassHinge()) && label != 1 ? 1 : 0;
        double expected = size - scores[label] + one;
        assertNear(found.value().value(), expected, 1e-15 * expected + 1e-200);
        int own = label;
        Matrix slope =
            Matrix.of(1, 4, 0, 1, 0, 0).minus(Matrix.identity(4).columnAt(own).transpose());
        assertThat(found.gradient().minus(slope).maxAbs()).isLessThan(1e-15);
        assertThat(found.product().maxAbs()).isLessThan(1e-15);
      }
    }
  }

  /** Scores far apart cost each class its share; one that is masked, an infinite one. */
  @ParameterizedTest
  @MethodSource("ofSmoothedClasses")
  void smoothedLabelsAreOfAllClasses(LossCase loss) {
    double[] far = {-1e3, 1e3, 0, 500};
    for (int label = 0; label < 4; label++) {
      double expected = loss.formula().applyAsDouble(far, (double) label);
      assertNear(Row.of(loss, far, label).value().value(), expected, 1e-15 * expected);
    }
    double[] masked = {0.5, -1.25, MASKED, 0.25};
    assertThat(Row.of(loss, masked, 0).value().value()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** A class of score -infinity is as good as not there. */
  @ParameterizedTest
  @MethodSource("ofOneClass")
  void maskedClassesAreNotThere(LossCase loss) {
    for (double offset : List.of(0.0, 1e3, 1e15)) {
      double[] three = {offset + 0.5, offset - 1.25, offset + 0.25};
      double[] four = {three[0], three[1], MASKED, three[2]};
      for (int label = 0; label < 3; label++) {
        Row found = Row.of(loss, four, label == 2 ? 3 : label);
        double[] near = {0.5, -1.25, 0.25};
        double value = loss.formula().applyAsDouble(near, (double) label);
        assertNear(found.value().value(), value, 1e-14);
        Row expected =
            Row.of(loss, new double[] {near[0], near[1], -1e5, near[2]}, label == 2 ? 3 : label);
        assertThat(found.gradient().minus(expected.gradient()).maxAbs()).isLessThan(1e-14);
        assertThat(found.gradient().at(2)).isZero();
        assertThat(found.product().minus(expected.product()).maxAbs()).isLessThan(1e-14);
        assertThat(found.product().at(2)).isZero();
      }
      Row own = Row.of(loss, four, 2);
      assertThat(own.value().value()).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(own.gradient().at(0) + own.gradient().at(1) + own.gradient().at(3))
          .isBetween(0.9, 1.1);
    }
  }

  /**
   * Means over a table's rows, of losses whose scores are a column moved by a row of parameters.
   */
  @ParameterizedTest
  @MethodSource("ofClasses")
  void tablesSumWhatRowsHave(LossCase loss) {
    List<Matrix> rows =
        List.of(
            Matrix.of(1, 4, 1e15, 1e15 + 2, 1e15 - 1, 1e15),
            Matrix.of(1, 4, 0.5, MASKED, 0.25, -1),
            Matrix.of(1, 4, -1e17, 1e17, MASKED, MASKED));
    double[] labels = {1, 2, 1};
    List<Matrix> columns = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      columns.add(Matrix.column(rows.get(0).at(c), rows.get(1).at(c), rows.get(2).at(c)));
    }
    columns.add(Matrix.column(labels));
    Schema schema =
        Schema.of(
            new Schema.Field("scores", 4, Storage.DENSE),
            new Schema.Field(Rows.LABEL, 1, Storage.KEY));
    Var moved = Var.input("b", Shape.of(1, 4));
    Var scores = Var.column("t", "scores", 4).plus(moved);
    Var mean = loss.loss().of(scores, Var.column("t", Rows.LABEL, 1)).meanRows();
    Program program =
        Program.of(Map.of("mean", mean.node(), "gradient", Vjp.gradient(mean, moved).node()));
    Table table = TableFactory.inProcess(2).of(schema, Matrix.beside(columns), 2);
    Map<String, Matrix> found =
        Passes.over("t", table).evaluate(program, Map.of("b", Matrix.zeros(1, 4)));
    table.close();
    double value = 0;
    Matrix gradient = Matrix.zeros(1, 4);
    for (int i = 0; i < 3; i++) {
      Row row = Row.of(loss, rows.get(i).toArray(), labels[i]);
      value += row.value().value() / 3;
      gradient = gradient.plus(1.0 / 3, row.gradient());
    }
    assertNear(found.get("mean").value(), value, 1e-14 * (1 + value));
    assertThat(found.get("gradient").minus(gradient).maxAbs()).isLessThan(1e-14);
  }
}
