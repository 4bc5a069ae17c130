package org.tacit.implicit;

import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * A derivative of a solution, with how its linear system was solved.
 *
 * @param value the derivative
 * @param linearSolve the linear solve behind it
 * @param inner how the solve of the condition ended
 */
public record Derivative(Matrix value, Solution linearSolve, Outcome inner) {
  /** Whether both solves converged. */
  public Outcome outcome() {
    return inner.and(linearSolve.outcome());
  }

  /** The value, or an exception that says which solve is not to be trusted. */
  public Matrix orThrow() {
    if (!inner.isConverged()) {
      throw new IllegalStateException(
          "Derivative not to be trusted: the condition's solve ended with %s (%s)"
              .formatted(inner.label(), inner.remedy()));
    }
    linearSolve.orThrow();
    return value;
  }
}
