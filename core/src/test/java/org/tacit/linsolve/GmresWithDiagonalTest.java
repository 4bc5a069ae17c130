package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class GmresWithDiagonalTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.gmres(relativeTolerance, maxIterations, 60, Preconditioner.diagonal());
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.values());
  }

  @Override
  public boolean reliesOnThePromise() {
    return false;
  }

  @Override
  public double worstCondition() {
    return 1e6;
  }

  /** A bound from below: times the smallest element of the diagonal. */
  @Override
  public double smallestAllowed() {
    return 0;
  }
}
