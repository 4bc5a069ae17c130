package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {sum |y_i| &lt;= radius}: x inside, the {@link L1Sphere} outside. On the sphere itself the
 * derivative is that of the inside, I, and 0 in the radius.
 */
public record L1Ball(Extent extent, Var radius) implements Projection {
  /** The ball of all elements. */
  public static L1Ball ofAll(Var radius) {
    return new L1Ball(Extent.WHOLE, radius);
  }

  /** A ball for each row. */
  public static L1Ball ofRows(Var radius) {
    return new L1Ball(Extent.ROWS, radius);
  }

  @Override
  public Var of(Var point) {
    Var isInside = extent.sum(point.abs()).lessOrEqual(radius);
    return Var.where(isInside, point, new L1Sphere(extent, radius).of(point));
  }
}
