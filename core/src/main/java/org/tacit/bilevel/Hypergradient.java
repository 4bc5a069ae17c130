package org.tacit.bilevel;

import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * An outer value and its total derivative.
 *
 * @param outerValue L(x, theta)
 * @param gradient dL(x*(theta), theta)/dtheta, parameters x 1
 * @param adjoint the linear solve for u
 * @param inner how the inner solve ended
 */
public record Hypergradient(double outerValue, Matrix gradient, Solution adjoint, Outcome inner) {
  /** Whether both solves behind it converged. */
  public Outcome outcome() {
    return inner.and(adjoint.outcome());
  }
}
