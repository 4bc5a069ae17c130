package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {|y| <= radius}: x inside, radius x / |x| outside. On the sphere itself the derivative is that of
 * the inside, I, and 0 in the radius.
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
    Var square = extent.sum(point.square());
    Var isInside = square.lessOrEqual(r.square());
    Var one = Var.constant(1);
    Var norm = Var.where(isInside, one, square).sqrt();
    return point.times(Var.where(isInside, one, r.divide(norm)));
  }
}
