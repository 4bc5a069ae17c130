package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.program.Shape;

/** The derivative that is promised where there is none. */
class KinksTest {
  private final Var x = Var.input("x", Shape.of(1, 3));
  private final Var z = Var.input("z", Shape.of(1, 3));

  private Matrix slopes(Function<Var, Var> f, double... at) {
    Var gradient = Vjp.gradient(f.apply(x).sum(), x);
    return OnDriver.value(gradient, Map.of("x", Matrix.of(1, 3, at)));
  }

  /** The gradients of f(x, z).sum() in x and in z where z = (1, 1, 1). */
  private List<Matrix> slopes(BiFunction<Var, Var, Var> f, double... at) {
    Map<String, Matrix> inputs = Map.of("x", Matrix.of(1, 3, at), "z", Matrix.of(1, 3, 1, 1, 1));
    return Vjp.gradient(f.apply(x, z).sum(), List.of(x, z)).stream()
        .map(gradient -> OnDriver.value(gradient, inputs))
        .toList();
  }

  @Test
  void absoluteValueHasSlopeZeroAtZero() {
    assertThat(slopes(Var::abs, -2, 0, 3)).isEqualTo(Matrix.of(1, 3, -1, 0, 1));
  }

  @Test
  void signIsZeroAtZeroAndFlatEverywhere() {
    assertThat(OnDriver.value(x.sign(), Map.of("x", Matrix.of(1, 3, -2, 0, 3))))
        .isEqualTo(Matrix.of(1, 3, -1, 0, 1));
    assertThat(slopes(Var::sign, -2, 0, 3)).isEqualTo(Matrix.of(1, 3, 0, 0, 0));
  }

  @Test
  void clipIsFlatAtItsBounds() {
    assertThat(slopes(v -> v.clip(-1, 2), -1, 0, 2)).isEqualTo(Matrix.of(1, 3, 0, 1, 0));
  }

  @Test
  void largerOfEqualsIsTheFirst() {
    assertThat(slopes(Var::max, 0, 1, 2))
        .containsExactly(Matrix.of(1, 3, 0, 1, 1), Matrix.of(1, 3, 1, 0, 0));
  }

  @Test
  void smallerOfEqualsIsTheFirst() {
    assertThat(slopes(Var::min, 0, 1, 2))
        .containsExactly(Matrix.of(1, 3, 1, 1, 0), Matrix.of(1, 3, 0, 0, 1));
  }

  @Test
  void largestOfARowSharesItsSlopeAmongEquals() {
    assertThat(slopes(Var::maxCols, 4, 1, 4)).isEqualTo(Matrix.of(1, 3, 0.5, 0, 0.5));
  }

  @Test
  void comparisonsAreFlatWhereTheyJump() {
    slopes(Var::lessOrEqual, 0, 1, 2)
        .forEach(slope -> assertThat(slope).isEqualTo(Matrix.of(1, 3, 0, 0, 0)));
    slopes(Var::equalTo, 0, 1, 2)
        .forEach(slope -> assertThat(slope).isEqualTo(Matrix.of(1, 3, 0, 0, 0)));
  }

  @Test
  void choiceSendsItsSlopeToTheChosen() {
    Matrix test = Matrix.of(1, 3, 0, 1, -2);
    assertThat(slopes((a, b) -> Var.where(Var.constant(test), a, b), 5, 6, 7))
        .containsExactly(Matrix.of(1, 3, 0, 1, 1), Matrix.of(1, 3, 1, 0, 0));
  }
}
