package org.tacit.linsolve;

import org.tacit.operator.CountedOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;

/** {@link LinearSolver#dense}. */
record DenseFactorisation(double relativeTolerance, DenseMethod method) implements LinearSolver {
  public DenseFactorisation {
    Require.tolerance(relativeTolerance);
  }

  @Override
  public String name() {
    return method.label();
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    CountedOperator counted = CountedOperator.of(operator);
    DenseOperator whole = DenseOperator.of(counted);
    return FactorisedMatrix.of(this, whole, counted.count());
  }
}
