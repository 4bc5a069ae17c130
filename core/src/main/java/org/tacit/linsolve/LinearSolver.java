package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/** A method for linear systems, with its tolerance and budget. */
public interface LinearSolver {
  /** The method's name as results print it. */
  String name();

  /** This method told of a matrix near those to come, where it makes use of one. */
  default LinearSolver near(Nearby known) {
    return this;
  }

  /** Does what is done once for an operator, such as a factorisation. */
  PreparedSolver prepare(LinearOperator operator);
}
