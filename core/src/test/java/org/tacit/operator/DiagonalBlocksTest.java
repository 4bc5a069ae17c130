package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Which Hessians are known to be block-diagonal, and that those are. */
class DiagonalBlocksTest {
  private static final int N = 9;
  private static final Var X = Var.input("x", Shape.of(N, 1));

  private static Var part(int from, int to) {
    return X.slice(Side.ROWS, from, to);
  }

  /** Of a gradient at a point. */
  private static JacobianOperator hessian(Var objective) {
    return JacobianOperator.of(Vjp.gradient(objective, X), X, Structure.POSITIVE_DEFINITE)
        .at(Passes.none(), Map.of("x", Matrix.column(N, i -> 0.1 * i)));
  }

  private static Var coupled(Var part) {
    return part.sum().square().plus(part.exp().sum());
  }

  @Test
  void sumsOfFunctionsOfPartsHaveBlocks() {
    Var objective = coupled(part(0, 4)).plus(coupled(part(4, 6))).plus(coupled(part(6, 9)));
    JacobianOperator a = hessian(objective);
    assertThat(a.blocks()).containsExactly(4, 2, 3);
    Matrix whole = a.apply(Matrix.identity(N));
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        assertThat(whole.at(i, j) == 0).isNotEqualTo(block(i) == block(j));
      }
    }
  }

  private static int block(int i) {
    return i < 4 ? 0 : i < 6 ? 1 : 2;
  }

  @Test
  void partsThatMeetHaveNone() {
    Var apart = coupled(part(0, 4)).plus(coupled(part(4, 9)));
    assertThat(hessian(apart).blocks()).containsExactly(4, 5);
    assertThat(hessian(apart.plus(X.sum().square())).blocks()).isEmpty();
    Var across = part(0, 4).sum().times(part(4, 9).exp().sum());
    assertThat(hessian(apart.plus(across)).blocks()).isEmpty();
    assertThat(hessian(apart.plus(coupled(part(3, 5)))).blocks()).isEmpty();
  }

  /** 2^40 terms, of which 41 are written. */
  @Test
  void sumsOfOneAndTheSameAreSeenOnce() {
    Var gradient = Vjp.gradient(coupled(part(0, 4)).plus(coupled(part(4, 9))), X);
    for (int k = 0; k < 40; k++) {
      gradient = gradient.plus(gradient);
    }
    JacobianOperator a =
        JacobianOperator.of(gradient, X, Structure.POSITIVE_DEFINITE)
            .at(Passes.none(), Map.of("x", Matrix.column(N, i -> 0.1 * i)));
    assertThat(a.blocks()).containsExactly(4, 5);
  }

  @Test
  void partsThatLeaveRowsOutHaveNone() {
    List<Integer> blocks = hessian(coupled(part(0, 4)).plus(coupled(part(5, 9)))).blocks();
    assertThat(blocks).isEmpty();
  }
}
