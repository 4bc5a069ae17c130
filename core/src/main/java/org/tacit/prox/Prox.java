package org.tacit.prox;

import org.tacit.primitive.Var;

/**
 * The proximal map of a penalty g: argmin over y of 1/2 |x - y|^2 + step g(y). The penalty's
 * parameters are values of the program, so that derivatives in them come with those in the point
 * and the step.
 *
 * <p>At a kink the derivative is an element of the generalised Jacobian, which each file names.
 */
@FunctionalInterface
public interface Prox {
  /** prox_{step g}(point), of the point's shape; the step, > 0, stretches to it. */
  Var of(Var point, Var step);
}
