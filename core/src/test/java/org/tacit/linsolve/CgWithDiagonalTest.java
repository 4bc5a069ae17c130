package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class CgWithDiagonalTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.conjugateGradient(
        relativeTolerance, maxIterations, Preconditioner.diagonal());
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  /** A bound from below: times the smallest element of the diagonal. */
  @Override
  public double smallestAllowed() {
    return 0;
  }
}
