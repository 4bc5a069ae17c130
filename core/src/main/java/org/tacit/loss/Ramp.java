package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * The integral of a ramp: 0 for x <= 0, x^2 / (2 width) for x in [0, width], x - width / 2 beyond.
 * Its slope rises from 0 to 1; its second derivative is 1 / width strictly inside and 0 elsewhere,
 * the ends included.
 */
final class Ramp {
  private Ramp() {}

  static Var integral(Var x, double width) {
    Var within = x.clip(0, width);
    Var beyond = x.minus(width).max(Var.constant(0));
    return within.square().times(0.5 / width).plus(beyond);
  }
}
