package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class MinresTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.minres(relativeTolerance, maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE, Structure.SYMMETRIC);
  }
}
