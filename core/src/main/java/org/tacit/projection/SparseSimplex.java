package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/**
 * {y >= 0, sum y = total, at most k elements not zero}: the {@link Simplex} on the k largest
 * elements, the first of equal ones. Not convex, so not 1-Lipschitz; derivative that of the simplex
 * on those elements, their choice held. Source: Kyrillidis et al., Sparse projections onto the
 * simplex, 2013.
 */
public record SparseSimplex(Extent extent, int most, Var total) implements Projection {
  public SparseSimplex {
    if (most < 1) {
      throw new IllegalArgumentException("Invalid number of elements: " + most + " (must be >= 1)");
    }
  }

  /** The set of all elements. */
  public static SparseSimplex ofAll(int most, Var total) {
    return new SparseSimplex(Extent.WHOLE, most, total);
  }

  /** A set for each row. */
  public static SparseSimplex ofRows(int most, Var total) {
    return new SparseSimplex(Extent.ROWS, most, total);
  }

  @Override
  public Var of(Var point) {
    Var sum = AtLeast.require("total of a simplex", total, 0);
    Var rows = Simplex.fromLargest(extent.toRows(point));
    double[] first = new double[rows.shape().width()];
    java.util.Arrays.fill(first, 0, Math.min(most, first.length), 1);
    Var isFirst = Var.constant(Matrix.adopting(1, first.length, first));
    Var chosen = Sorted.through(rows, sorted -> isFirst.broadcastTo(sorted.shape()));
    Var least = Var.constant(Double.NEGATIVE_INFINITY);
    Var candidates = Var.where(chosen, rows, least);
    Var support = Var.apply(new SimplexSupport(), List.of(candidates, sum));
    return extent.fromRows(Simplex.onSupport(rows, support, sum), point.shape());
  }
}
