package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class MinresWithDiagonalTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.minres(
        relativeTolerance, maxIterations, Preconditioner.estimatedDiagonal(4, 1));
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE, Structure.SYMMETRIC);
  }

  /** A bound from below: times the smallest element of the diagonal. */
  @Override
  public double smallestAllowed() {
    return 0;
  }
}
