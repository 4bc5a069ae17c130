package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

class NeumannTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.neumann(relativeTolerance, 10 * maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  /** With negative eigenvalues I - A is no contraction. */
  @Test
  @Override
  public void aBrokenPromiseIsSaid() {
    Solution solution =
        LinearSolver.neumann(1e-10, 1000)
            .prepare(LinearSolverLaws.system(Structure.SYMMETRIC, 10))
            .solve(Matrix.filled(UNKNOWNS, 1, 1));
    assertThat(solution.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(solution.relativeResidual()).isLessThanOrEqualTo(1);
  }

  @Override
  public double worstCondition() {
    return 1e3;
  }
}
