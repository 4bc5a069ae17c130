package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class IterativeRefinementTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return new IterativeRefinement(
        new ConjugateGradient(1e-3, maxIterations), relativeTolerance, 20);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }
}
