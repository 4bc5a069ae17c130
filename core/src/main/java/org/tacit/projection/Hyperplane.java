package org.tacit.projection;

import org.tacit.primitive.Var;

/** {a'y = b}: p = x - t a with t = (a'x - b) / |a|^2. Smooth. */
public record Hyperplane(Extent extent, Var normal, Var offset) implements Projection {
  /** The hyperplane of all elements; the normal has the point's shape. */
  public static Hyperplane ofAll(Var normal, Var offset) {
    return new Hyperplane(Extent.WHOLE, normal, offset);
  }

  /** A hyperplane for each row. */
  public static Hyperplane ofRows(Var normal, Var offset) {
    return new Hyperplane(Extent.ROWS, normal, offset);
  }

  @Override
  public Var of(Var point) {
    return point.minus(normal.times(distance(point)));
  }

  /** t, in units of the normal. */
  Var distance(Var point) {
    Var square =
        AtLeast.require(
            "squared length of a normal", extent.sum(normal.square()), Double.MIN_NORMAL);
    return extent.sum(normal.times(point)).minus(offset).divide(square);
  }
}
