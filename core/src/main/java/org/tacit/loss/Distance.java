package org.tacit.loss;

import org.tacit.primitive.Var;

/** |r|, or its smooth neighbour sqrt(r^2 + s^2) - s. */
final class Distance {
  private Distance() {}

  static Var of(Var residual, double smoothing) {
    return smoothing == 0
        ? residual.abs()
        : residual.hypot(Var.constant(smoothing)).minus(smoothing);
  }
}
