package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * A way to approximate A by a symmetric positive definite M that is cheap to invert. Methods then
 * take as many steps as the spectrum of M^-1 A asks for, which M is to make narrow.
 */
public interface Preconditioner {
  /** The preconditioner's name as results print it. */
  String name();

  /** Does what is done once for an operator. */
  PreparedPreconditioner prepare(LinearOperator operator);
}
