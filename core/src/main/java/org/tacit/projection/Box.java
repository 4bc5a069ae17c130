package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {low &lt;= y &lt;= high}, elementwise; the bounds stretch to the point and may be infinite. p =
 * min(max(x, low), high). Derivative in x: 1 where low &lt;= x &lt;= high, the bounds included; in
 * a bound 1 where the point is beyond it.
 */
public record Box(Var low, Var high) implements Projection {
  /** [0, side] in every coordinate. */
  public static Box hypercube(Var side) {
    return new Box(Var.constant(0), side);
  }

  @Override
  public Var of(Var point) {
    Var top = AtLeast.require("upper bound of a box, not below its lower bound", high, low);
    return point.max(low).min(top);
  }
}
