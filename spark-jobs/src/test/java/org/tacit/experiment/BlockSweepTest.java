package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Stopping;

/** Sweeps over rows on simplices, against the solver and its implicit derivative. */
class BlockSweepTest {
  private static final int M = 7;
  private static final int K = 3;
  private static final Projection ROWS =
      v -> Projection.ontoSimplex(Extent.ROWS, Var.constant(1)).of(v);
  private static final Matrix C = normal(2, M, K);
  private static final Matrix H = spread(normal(1, M, M));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 20})
  void endsWhereTheSolverDoesWithItsDerivative(int rowsABlock) {
    Matrix theta = Matrix.scalar(0.3);
    Matrix start = Matrix.filled(M * K, 1, 1.0 / K);
    Condition condition =
        ProximalGradient.onSet(
            M * K,
            1,
            (x, t) -> {
              Var all = x.reshape(M, K);
              Var quadratic = all.times(Var.constant(H).matmul(all)).sum().times(0.5);
              return quadratic.plus(linear(t).times(all).sum());
            },
            t -> v -> ROWS.of(v.reshape(M, K)).reshape(M * K, 1));
    ImplicitFunction solver =
        ImplicitFunction.of(
            condition,
            CompositeMinimiser.blockCoordinateDescent(K),
            LinearSolver.auto(1e-12),
            new Stopping(0, 1e-12, 5000));
    BlockSweep sweep = new BlockSweep(H, BlockSweepTest::linear, ROWS, rowsABlock);
    Unrolled.Derivative found =
        Unrolled.of(M * K, 1, sweep::of, 800).jacobian(Passes.none(), theta, start);
    try (ImplicitSolution solution = solver.solve(theta, start)) {
      Matrix jacobian = solution.jacobian().orThrow();
      assertThat(jacobian.norm()).isGreaterThan(0.1);
      assertThat(found.x().minus(solution.x()).norm()).isCloseTo(0, within(1e-9));
      assertThat(found.value().minus(jacobian).norm()).isCloseTo(0, within(1e-7));
    }
  }

  @Test
  void blocksHaveRows() {
    assertThatThrownBy(() -> new BlockSweep(H, BlockSweepTest::linear, ROWS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid rows of a block: 0 (must be >= 1)");
  }

  private static Var linear(Var theta) {
    return Var.constant(C).times(theta.exp());
  }

  private static Matrix spread(Matrix a) {
    return a.times(a.transpose()).plus(0.5, Matrix.identity(a.rows()));
  }

  private static Matrix normal(long seed, int rows, int cols) {
    Random random = new Random(seed);
    return Matrix.zeros(rows, cols).map(none -> random.nextGaussian());
  }
}
