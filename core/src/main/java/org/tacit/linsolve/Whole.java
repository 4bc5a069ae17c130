package org.tacit.linsolve;

import java.util.Optional;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;

/**
 * By a factorisation of all of the operator: of its dual where it has one, else of its matrix.
 *
 * @param maxIterations of conjugate gradients with the factors of a dual
 */
record Whole(double relativeTolerance, int maxIterations) implements LinearSolver {
  @Override
  public String name() {
    return "whole";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    if (operator.dual().isEmpty()) {
      return LinearSolver.dense(relativeTolerance).prepare(operator);
    }
    Optional<Preconditioner> dual = DualPreconditioner.of(operator);
    boolean isSmall = operator.cols() <= Cost.MOST_UNKNOWNS;
    return dual.isEmpty() && isSmall
        ? LinearSolver.dense(relativeTolerance).prepare(operator)
        : LinearSolver.conjugateGradient(
                relativeTolerance,
                maxIterations,
                dual.orElseGet(() -> DiagonalPreconditioner.whereKnown(operator)))
            .prepare(operator);
  }
}
