package org.tacit.projection;

import org.tacit.primitive.Var;

/** The non-negative orthant: max(x, 0), derivative 1 at x = 0. */
public record NonNegative() implements Projection {
  @Override
  public Var of(Var point) {
    return point.max(Var.constant(0));
  }
}
