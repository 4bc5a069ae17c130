package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * The projection of exp(x) on {y >= 0, sum y = total} in the Kullback-Leibler divergence: total
 * softmax(x). Smooth; derivative D(p) - p p' / total.
 */
public record KlSimplex(Extent extent, Var total) implements Projection {
  /** The simplex of all elements. */
  public static KlSimplex ofAll(Var total) {
    return new KlSimplex(Extent.WHOLE, total);
  }

  /** A simplex for each row. */
  public static KlSimplex ofRows(Var total) {
    return new KlSimplex(Extent.ROWS, total);
  }

  @Override
  public Var of(Var point) {
    Var sum = AtLeast.require("total of a simplex", total, 0);
    return extent.fromRows(extent.toRows(point).softmax().times(sum), point.shape());
  }
}
