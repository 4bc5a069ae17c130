package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {sum |y_i| = radius}: sign(x) simplex(|x|), zeros taken as positive. Derivatives those of {@link
 * Simplex} with the signs held.
 */
public record L1Sphere(Extent extent, Var radius) implements Projection {
  /** The sphere of all elements. */
  public static L1Sphere ofAll(Var radius) {
    return new L1Sphere(Extent.WHOLE, radius);
  }

  /** A sphere for each row. */
  public static L1Sphere ofRows(Var radius) {
    return new L1Sphere(Extent.ROWS, radius);
  }

  @Override
  public Var of(Var point) {
    Var r = AtLeast.require("radius of an l1 sphere", radius, 0);
    Var sign = Var.where(point.lessThan(Var.constant(0)), Var.constant(-1), Var.constant(1));
    return new Simplex(extent, r).of(point.times(sign)).times(sign);
  }
}
