package org.tacit.experiment;

import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * The pairs of a {@link NeighbourList} as a program sees them, one a row: what belongs to points, a
 * row each, is gathered for the first and the second of every pair.
 */
record Pairs(Rows rows) {
  /** Those of the list that is a table of this name. */
  public static Pairs of(String table) {
    return new Pairs(new Rows(table, NeighbourList.SCHEMA));
  }

  /** The rows of the first points. */
  public Var first(Var ofPoints) {
    return ofPoints.rows(rows.column("first"));
  }

  /** The rows of the second points. */
  public Var second(Var ofPoints) {
    return ofPoints.rows(rows.column("second"));
  }

  /** How far apart they are by the nearest images, with points 2 n x 1 as in the list. */
  public Var distance(Var points) {
    Var places = points.reshape(points.shape().rows().size() / 2, 2);
    return first(places).minus(second(places)).minus(rows.column("image")).normCols();
  }

  /**
   * max(0, 1 - r / s) of each pair of discs at a distance r, s being half of the sum of their
   * diameters, n x 1. What is compared is r / s with 1, so that it is known which overlaps are
   * rounding.
   */
  public Var overlap(Var points, Var diameters) {
    Var s = first(diameters).plus(second(diameters)).times(0.5);
    return distance(points).divide(s).min(Var.constant(1)).negate().plus(1);
  }
}
