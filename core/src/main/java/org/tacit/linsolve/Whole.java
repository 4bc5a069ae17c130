package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.Dual;
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
    Optional<Preconditioner> dual = operator.dual().flatMap(Whole::factorised);
    boolean isSmall = operator.cols() <= Cost.MOST_UNKNOWNS;
    return dual.isEmpty() && isSmall
        ? LinearSolver.dense(relativeTolerance).prepare(operator)
        : LinearSolver.conjugateGradient(
                relativeTolerance,
                maxIterations,
                dual.orElseGet(() -> DiagonalPreconditioner.whereKnown(operator)))
            .prepare(operator);
  }

  /**
   * M of a dual, whose small system is factorised: conjugate gradients take a step or two where M
   * is A itself, and one more for each unknown in which it is not. Empty where rounding makes the
   * system singular.
   */
  private static Optional<Preconditioner> factorised(Dual dual) {
    return Optional.of(dual.system())
        .filter(Matrix::isFinite)
        .flatMap(Factorisation::scaledCholesky)
        .map(factors -> preconditioner(dual, factors));
  }

  private static Preconditioner preconditioner(Dual dual, Factorisation factors) {
    return Preconditioner.of(
        "the dual",
        operator ->
            new Preconditioner.Prepared(
                r -> dual.expanded(r, factors.solve(dual.reduced(r))),
                0,
                OptionalDouble.of(dual.smallestEigenvalue())));
  }
}
