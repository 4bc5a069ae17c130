package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** A NaN made in a program stops it, with where it was made. */
class NotANumberTest {
  private static final Schema SCHEMA = Schema.of(new Schema.Field("x", 1, Storage.DENSE));

  private final Var x = Var.column("t", "x", 1);

  private static void assertStops(Var y, Matrix rows, String message) {
    Passes passes = Passes.over("t", TableFactory.inProcess(300).of(SCHEMA, rows, 2));
    assertThatThrownBy(() -> passes.evaluate(Program.of("y", y.node()), Map.of()))
        .isInstanceOf(NotANumberException.class)
        .hasMessageStartingWith(message);
  }

  /** Ones, but for {@code value} in one row. */
  private static Matrix onesBut(int row, double value) {
    double[] rows = Matrix.filled(2500, 1, 1).toArray();
    rows[row] = value;
    return Matrix.adopting(2500, 1, rows);
  }

  @Test
  void thePassNamesPrimitivePartitionAndRow() {
    Var y = x.log().exp().sum();
    assertStops(y, onesBut(7, -1), "NaN from log in partition 0, near row 7 (");
    assertStops(y, onesBut(2400, -1), "NaN from log in partition 1, near row 1150 (");
    assertStops(y.plus(x.sqrt().sum()), onesBut(1249, -1), "NaN from log in partition 0");
    Passes passes = Passes.over("t", TableFactory.inProcess(300).of(SCHEMA, onesBut(7, -1), 2));
    assertThatThrownBy(() -> passes.evaluate(Program.of("y", y.node()), Map.of()))
        .isInstanceOfSatisfying(
            NotANumberException.class, found -> assertThat(found.table()).contains("t"));
  }

  @Test
  void aSumIsNamedNearTheTileThatMadeItNaN() {
    Matrix rows = onesBut(1000, Double.POSITIVE_INFINITY);
    Var wide = Var.constant(Matrix.of(1, 3, 1, 1, 0));
    Var y = x.matmul(wide).sum();
    assertStops(y, rows, "NaN from matmul in partition 0, near row 1000 (");
    Var zero = x.minus(x.reciprocal().reciprocal());
    Var none = x.lessThan(Var.constant(0));
    assertStops(
        Var.concatenate(Side.COLS, none, x).transpose().matmul(none),
        rows,
        "NaN from matmul' in partition 0, near row 900 (");
    assertStops(zero.sum(), rows, "NaN from minus in partition 0, near row 1000 (");
  }

  @Test
  void infinitiesThatMeetBetweenPartitionsAreNamed() {
    double[] rows = Matrix.filled(4, 1, 1).toArray();
    rows[0] = Double.POSITIVE_INFINITY;
    rows[3] = Double.NEGATIVE_INFINITY;
    assertStops(x.sum(), Matrix.column(rows), "NaN from sumRows (");
  }

  @Test
  void theDriverNamesThePrimitive() {
    Var w = Var.input("w", Shape.of(1, 1));
    assertThatThrownBy(() -> OnDriver.value(w.log(), Map.of("w", Matrix.scalar(-1))))
        .isInstanceOf(NotANumberException.class)
        .hasMessageStartingWith("NaN from log (");
    Var singular = Var.input("A", Shape.of(2, 2));
    assertThatThrownBy(
            () ->
                OnDriver.value(
                    singular.solve(Var.constant(Matrix.column(1, 2))),
                    Map.of("A", Matrix.of(2, 2, 1, 2, 2, 4))))
        .hasMessage(
            "NaN from solve (the system is singular or not finite: add a multiple of the identity to"
                + " it)");
  }

  @Test
  void constantsThatMakeNaNAreNamedWhenEvaluated() {
    assertThatThrownBy(() -> OnDriver.value(Var.constant(-1).log(), Map.of()))
        .isInstanceOf(NotANumberException.class)
        .hasMessageStartingWith("NaN from log (");
  }
}
