package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {|y| &lt;= radius}: x inside, radius x / |x| outside. On the sphere itself the derivative is that
 * of the inside, I, and 0 in the radius.
 */
public record L2Ball(Extent extent, Var radius) implements Projection {
  /** The ball of all elements. */
  public static L2Ball ofAll(Var radius) {
    return new L2Ball(Extent.WHOLE, radius);
  }

  /** A ball for each row. */
  public static L2Ball ofRows(Var radius) {
    return new L2Ball(Extent.ROWS, radius);
  }

  @Override
  public Var of(Var point) {
    Var r = AtLeast.require("radius of an l2 ball", radius, 0);
    Var isInside = extent.norm(point).lessOrEqual(r);
    Var outside = Var.where(isInside, Var.constant(1), point);
    return Var.where(isInside, point, extent.unit(outside).times(r));
  }
}
