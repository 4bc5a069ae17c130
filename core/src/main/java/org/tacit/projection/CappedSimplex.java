package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * {0 &lt;= y &lt;= cap, sum y = total}: the {@link BoxSection} with weights 1, with its
 * derivatives. With cap 1 and an integer total k, the hull of the 0/1 vectors with k ones.
 */
public record CappedSimplex(Extent extent, Var cap, Var total) implements Projection {
  /** The set of all elements. */
  public static CappedSimplex ofAll(Var cap, Var total) {
    return new CappedSimplex(Extent.WHOLE, cap, total);
  }

  /** A set for each row. */
  public static CappedSimplex ofRows(Var cap, Var total) {
    return new CappedSimplex(Extent.ROWS, cap, total);
  }

  @Override
  public Var of(Var point) {
    return new BoxSection(extent, Var.constant(0), cap, Var.constant(1), total).of(point);
  }
}
