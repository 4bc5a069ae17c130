package org.tacit.bilevel;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * A theta with its inner solution and hypergradient, each with its outcome.
 *
 * @param theta parameters x 1
 * @param inner the inner solve
 * @param hypergradient the outer value and its total derivative
 */
public record OuterPoint(Matrix theta, Solution inner, Hypergradient hypergradient) {
  /** L(x, theta). */
  public double value() {
    return hypergradient.outerValue();
  }

  /** dL/dtheta, parameters x 1. */
  public Matrix gradient() {
    return hypergradient.gradient();
  }

  /** The inner solution. */
  public Matrix x() {
    return inner.value();
  }

  /** Whether the outer value does not depend on theta here. */
  boolean isFlat() {
    return gradient().maxAbs() == 0;
  }
}
