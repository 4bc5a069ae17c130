package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class GmresRestartedTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.gmres(relativeTolerance, maxIterations, 25, Preconditioner.none());
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  @Override
  public boolean reliesOnThePromise() {
    return false;
  }

  @Override
  public double worstCondition() {
    return 1e3;
  }
}
