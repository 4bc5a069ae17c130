package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {a'y &lt;= b}: x inside, the {@link Hyperplane} outside. On the plane itself the derivative is
 * that of the plane.
 */
public record Halfspace(Extent extent, Var normal, Var offset) implements Projection {
  /** The halfspace of all elements; the normal has the point's shape. */
  public static Halfspace ofAll(Var normal, Var offset) {
    return new Halfspace(Extent.WHOLE, normal, offset);
  }

  /** A halfspace for each row. */
  public static Halfspace ofRows(Var normal, Var offset) {
    return new Halfspace(Extent.ROWS, normal, offset);
  }

  @Override
  public Var of(Var point) {
    Hyperplane plane = new Hyperplane(extent, normal, offset);
    Var isInside = plane.excess(point).lessThan(Var.constant(0));
    return Var.where(isInside, point, plane.of(point));
  }
}
