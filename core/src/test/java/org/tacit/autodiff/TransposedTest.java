package org.tacit.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

class TransposedTest {
  private final Var v = Var.input("v", Shape.of(3, 1));
  private final Var ybar = Var.input("ybar", Shape.of(3, 1));
  private final Var a = Var.input("A", Shape.of(3, 3));

  private Var transposed(Var linear) {
    return Transposed.of(List.of(linear), List.of(v), List.of(ybar)).get(0);
  }

  private static Matrix value(Var y) {
    return OnDriver.value(
        y,
        Map.of(
            "A", Matrix.of(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 10),
            "v", Matrix.column(1, -2, 4),
            "ybar", Matrix.column(-3, 1, 2)));
  }

  @Test
  void linearMapsAreTurnedRound() {
    assertThat(transposed(a.matmul(v))).isEqualTo(a.transpose().matmul(ybar));
    assertThat(transposed(v.negate().times(3))).isEqualTo(ybar.times(3).negate());
    assertThat(transposed(v)).isEqualTo(ybar);
    assertThat(value(transposed(a.solve(v)).minus(a.transpose().solve(ybar))).norm())
        .isLessThan(1e-14);
  }

  @Test
  void transposedTwiceIsTheMapItself() {
    Var linear = a.matmul(v).plus(v.times(a.sumCols())).minus(v.sumRows());
    Var back = Transposed.of(List.of(transposed(linear)), List.of(ybar), List.of(v)).get(0);
    assertThat(value(back.minus(linear)).norm()).isZero();
    assertThat(value(linear).norm()).isPositive();
  }

  @Test
  void whatIsNotLinearIsRefusedByName() {
    assertThatThrownBy(() -> transposed(v.exp()))
        .hasMessage(
            "No derivative: exp is not transposable (write its rule in the primitive's file)");
    Var key = Var.constant(Matrix.column(0, 1, 2)).times(v.sum());
    assertNotLinear(v.rows(key), "input 1 of gather");
  }

  @Test
  void productsOfTwoThatMoveAreNotLinear() {
    assertNotLinear(v.times(v), "times of two values that both move");
    assertNotLinear(v.matmul(v.sum()), "matmul of two values that both move");
  }

  @Test
  void sumsWithWhatDoesNotMoveAreNotLinear() {
    assertNotLinear(v.plus(1), "input 1 of plus stays where others move");
    assertNotLinear(ybar.minus(v), "input 0 of minus stays where others move");
    assertThat(transposed(Var.where(ybar, v, Var.constant(0))))
        .isEqualTo(Var.where(ybar, ybar, Var.constant(0)));
  }

  private void assertNotLinear(Var y, String what) {
    assertThatThrownBy(() -> transposed(y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Not linear: "
                + what
                + " (what is transposed must be linear, as a jvp is in its tangents)");
  }
}
