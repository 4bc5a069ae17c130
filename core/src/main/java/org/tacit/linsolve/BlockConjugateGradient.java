package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** {@link LinearSolver#blockConjugateGradient}. */
record BlockConjugateGradient(double relativeTolerance, int maxIterations) implements LinearSolver {
  public BlockConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  @Override
  public String name() {
    return "block CG";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.structure(operator, Structure.POSITIVE_DEFINITE, name());
    return new BlockSolver(this, operator);
  }
}
