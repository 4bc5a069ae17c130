package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** l <= A z <= u written once gives the rows that are written by hand otherwise. */
class KktRangeTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Matrix A = Matrix.of(5, 2, 1, 0, 0, 1, 1, 1, 1, -1, 2, 1);

  private static Kkt<Var, Var> free() {
    return Kkt.of(
        Parameters.vector(2), Parameters.vector(2), (z, t) -> z.minus(t).square().sum().times(0.5));
  }

  private static Matrix residual(Condition condition, Matrix x) {
    return Passes.none()
        .evaluate(
            Program.of("F", condition.residual().node()),
            Map.of("x", x, "theta", Matrix.column(0.3, -0.7)))
        .get("F");
  }

  private static Var rows(Var z, int from, int to) {
    return Var.constant(A).matmul(z).slice(Side.ROWS, from, to);
  }

  @Test
  void equalBoundsAreEqualitiesAndInfiniteOnesNone() {
    Kkt<Var, Var> once =
        free()
            .withRange(
                Matrix.column(-1, 2, -INF, -INF, 0.5),
                (z, t) -> Var.constant(A).matmul(z),
                Matrix.column(INF, 2, 3, INF, 0.75));
    Kkt<Var, Var> byHand =
        free()
            .withEqualities((z, t) -> rows(z, 1, 2).minus(2))
            .withInequalities((z, t) -> rows(z, 0, 1).negate().minus(1))
            .withInequalities((z, t) -> rows(z, 4, 5).negate().plus(0.5))
            .withInequalities((z, t) -> rows(z, 2, 3).minus(3))
            .withInequalities((z, t) -> rows(z, 4, 5).minus(0.75));
    assertThat(once.equalityCount()).isEqualTo(1);
    assertThat(once.inequalityCount()).isEqualTo(4);
    Matrix x = Matrix.column(0.2, 0.4, -1.5, 1, 2, 3, 4);
    Matrix expected = residual(byHand, x);
    assertThat(expected.norm()).isGreaterThan(1);
    assertThat(residual(once, x).minus(expected).norm()).isLessThan(1e-14);
  }

  /** Bounds that are programs: the same element of theta on both sides is an equality. */
  @Test
  void boundsMayBePrograms() {
    Kkt<Var, Var> once =
        free()
            .withRange(
                t -> Var.concatenate(Side.ROWS, t.at(0), Var.constant(-INF)), (z, t) -> z, t -> t);
    Kkt<Var, Var> byHand =
        free()
            .withEqualities((z, t) -> z.at(0).minus(t.at(0)))
            .withInequalities((z, t) -> z.at(1).minus(t.at(1)));
    Matrix x = Matrix.column(0.2, 0.4, -1.5, 1);
    assertThat(once.equalityCount()).isEqualTo(1);
    assertThat(residual(once, x)).isEqualTo(residual(byHand, x));
  }

  @Test
  void oneNumberBoundsAllRows() {
    Kkt<Var, Var> box = free().withRange(Matrix.scalar(-1), (z, t) -> z, Matrix.scalar(1));
    assertThat(box.inequalityCount()).isEqualTo(4);
    Kkt<Var, Var> none = free().withRange(Matrix.scalar(-INF), (z, t) -> z, Matrix.scalar(INF));
    assertThat(none.unknowns()).isEqualTo(2);
  }

  @Test
  void emptyRangesAreNamed() {
    assertThatThrownBy(
            () -> free().withRange(Matrix.column(0, 2), (z, t) -> z, Matrix.column(1, 1)))
        .hasMessage("Invalid range: row 1 from 2.0 to 1.0 (must not be empty)");
    assertThatThrownBy(() -> free().withRange(Matrix.scalar(INF), (z, t) -> z, Matrix.scalar(INF)))
        .hasMessageContaining("must not be empty");
    assertThatThrownBy(
            () -> free().withRange(Matrix.column(1, 2, 3), (z, t) -> z, Matrix.scalar(5)))
        .hasMessageContaining("Invalid lower bound: " + Shape.of(3, 1));
  }
}
