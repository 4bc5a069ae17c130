package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

class IterativeRefinementTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.refined(
        LinearSolver.conjugateGradient(1e-3, maxIterations), relativeTolerance, 20);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  /** One step of Jacobi's method a round: its iteration matrix has spectral radius 0.86. */
  @Test
  void aSlowSequenceIsFollowedToItsEnd() {
    for (double beside : new double[] {0, 4}) {
      Matrix a = Matrix.of(2, 2, 1, 0.86 + beside, 0.86 * 0.86 / (0.86 + beside), 1);
      LinearSolver jacobi = new GivenStep();
      Matrix b = Matrix.column(1, -2);
      Solution solution =
          LinearSolver.refined(jacobi, 1e-10, 500)
              .prepare(new DenseOperator(a, Structure.GENERAL))
              .solve(b);
      assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
      assertThat(a.times(solution.value()).minus(b).norm()).isLessThan(1e-9);
    }
  }

  /** Where the sequence diverges it ends soon, at its best point. */
  @Test
  void aDivergingSequenceStalls() {
    Matrix a = Matrix.of(2, 2, 1, 1.5, 1.5, 1);
    Solution solution =
        LinearSolver.refined(new GivenStep(), 1e-10, 500)
            .prepare(new DenseOperator(a, Structure.GENERAL))
            .solve(Matrix.column(1, -2));
    assertThat(solution.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(solution.value().isFinite()).isTrue();
    assertThat(solution.iterations()).isLessThan(20);
  }

  /** S = I: the diagonal of a matrix with ones on it. */
  private record GivenStep() implements LinearSolver {
    @Override
    public String name() {
      return "identity";
    }

    @Override
    public PreparedSolver prepare(LinearOperator operator) {
      return (of, b, start) ->
          new Solution(b, Outcome.CONVERGED, name(), 0, 0, 0, OptionalDouble.empty());
    }
  }
}
