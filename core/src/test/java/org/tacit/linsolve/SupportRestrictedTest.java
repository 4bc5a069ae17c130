package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

/** Systems on a support, held against the whole matrix, with each product with H counted. */
class SupportRestrictedTest {
  private static final int N = 12;
  private static final double STEP = 0.1;
  private static final Matrix SLOPES = Matrix.column(1, 0, 0.5, 1, 0, 0, 0.8, 1, 0, 1, 0.25, 0);
  private static final Matrix HESSIAN =
      RandomMatrix.symmetric(RandomMatrix.spectrum(N, 30), new Random(5));

  /** H, which counts. */
  private record Hessian(CountedOperator operator) implements ForwardingOperator, ClosableOperator {
    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public void close() {}
  }

  private final CountedOperator products =
      CountedOperator.of(new DenseOperator(HESSIAN, Structure.POSITIVE_DEFINITE));
  private final ProximalOperator a =
      ProximalOperator.of(SLOPES, new Hessian(products), STEP, Structure.POSITIVE_DEFINITE);

  /** D (I - eta H) - I. */
  private static Matrix whole() {
    Matrix identity = Matrix.identity(N);
    Matrix inner = identity.plus(-STEP, HESSIAN);
    double[] rows = inner.toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= SLOPES.at(i / N);
    }
    return Matrix.of(N, N, rows).minus(identity);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyProductIsCountedOnce(boolean isDense) {
    LinearSolver method =
        isDense ? LinearSolver.dense(1e-10) : LinearSolver.conjugateGradient(1e-12, 100);
    PreparedSolver prepared = LinearSolver.restricted(method).prepare(a);
    Matrix b = RandomMatrix.normal(N, 2, new Random(7));
    for (int solve = 0; solve < 2; solve++) {
      int before = solve == 0 ? 0 : products.count();
      Solution forward = prepared.solve(b);
      assertThat(forward.iterations()).isPositive().isEqualTo(products.count() - before);
      assertThat(forward.orThrow().minus(Factorisation.lu(whole()).solve(b)).norm())
          .isLessThan(1e-9);
      before = products.count();
      Solution backward = prepared.solveTransposed(b);
      assertThat(backward.iterations()).isPositive().isEqualTo(products.count() - before);
      assertThat(backward.orThrow().minus(Factorisation.lu(whole()).solveTransposed(b)).norm())
          .isLessThan(1e-9);
    }
  }

  /** What refines another method sees its operator's support. */
  @Test
  void refinementSolvesOnTheSupportToo() {
    Matrix b = RandomMatrix.normal(N, 1, new Random(9));
    Solution refined = LinearSolver.refined(LinearSolver.auto(1e-2), 1e-11, 50).prepare(a).solve(b);
    assertThat(refined.orThrow().minus(Factorisation.lu(whole()).solve(b)).norm()).isLessThan(1e-9);
    assertThat(refined.iterations()).isEqualTo(products.count());
    assertThat(CountedOperator.of(a).reduction().orElseThrow().system().rows()).isEqualTo(7);
  }
}
