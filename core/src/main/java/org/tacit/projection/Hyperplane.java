package org.tacit.projection;

import org.tacit.primitive.Var;

/** {a'y = b}: see {@link Projection#ontoHyperplane}. */
record Hyperplane(Extent extent, Var normal, Var offset) {
  Var of(Var point) {
    Var unit = unit();
    Var a = normal.divide(unit);
    Var b = offset.divide(unit);
    Var square =
        AtLeast.require("squared length of a normal", extent.sum(a.square()), Double.MIN_NORMAL);
    Var near =
        extent.fromRows(NearPlane.of(extent.toRows(point), extent.toRows(a), b), point.shape());
    return near.minus(a.times(extent.sum(a.times(near)).minus(b).divide(square)));
  }

  /** How far the point is beyond the plane, in units of {@link #unit}. */
  Var excess(Var point) {
    Var unit = unit();
    return extent.sum(normal.divide(unit).times(point)).minus(offset.divide(unit));
  }

  /** A power of two near the normal's largest element. */
  private Var unit() {
    return extent.toRows(normal.abs()).maxCols().binaryScale();
  }
}
