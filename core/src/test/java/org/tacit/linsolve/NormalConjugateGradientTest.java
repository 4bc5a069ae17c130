package org.tacit.linsolve;

import java.util.Set;
import org.tacit.operator.Structure;

class NormalConjugateGradientTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.normalConjugateGradient(relativeTolerance, 10 * maxIterations);
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
    return 1e4;
  }
}
