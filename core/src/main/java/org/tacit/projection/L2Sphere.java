package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {|y| = radius}: p = radius x / |x|, derivative (radius / |x|) (I - x x' / |x|^2) and x / |x| in
 * the radius. The centre has no nearest point; it gives NaN, which stops the evaluation.
 */
public record L2Sphere(Extent extent, Var radius) implements Projection {
  /** The sphere of all elements. */
  public static L2Sphere ofAll(Var radius) {
    return new L2Sphere(Extent.WHOLE, radius);
  }

  /** A sphere for each row. */
  public static L2Sphere ofRows(Var radius) {
    return new L2Sphere(Extent.ROWS, radius);
  }

  @Override
  public Var of(Var point) {
    Var r = AtLeast.require("radius of an l2 sphere", radius, 0);
    return extent.unit(point).times(r);
  }
}
