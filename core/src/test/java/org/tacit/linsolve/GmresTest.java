package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class GmresTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.gmres(relativeTolerance, maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.values());
  }

  @Override
  public boolean reliesOnThePromise() {
    return false;
  }
}
