package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/** A preconditioner that has been prepared, for the operator that is to come. */
record AtHand(String name, PreparedPreconditioner prepared) implements Preconditioner {
  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    return prepared;
  }
}
