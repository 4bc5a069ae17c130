package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;
import org.tacit.projection.Extent;
import org.tacit.projection.Isotonic;
import org.tacit.projection.Sorted;

/**
 * g = sum_k lambda_k |y|_(k), |y|_(1) the largest element's size, lambda decreasing and >= 0
 * (SLOPE, OWL): with |x| sorted downwards as s, sign(x) max(isotonic(s - step lambda), 0) put back
 * in order, isotonic decreasing. Derivatives those of {@link Isotonic}, 0 where a block's mean is
 * 0. Source: Bogdan et al., SLOPE - adaptive variable selection via convex optimization, 2015.
 *
 * @param lambda in the point's shape, or a row 1 x width for rows
 */
public record SortedL1(Extent extent, Var lambda) implements Prox {
  /** All elements together. */
  public static SortedL1 ofAll(Var lambda) {
    return new SortedL1(Extent.WHOLE, lambda);
  }

  /** Each row by itself. */
  public static SortedL1 ofRows(Var lambda) {
    return new SortedL1(Extent.ROWS, lambda);
  }

  @Override
  public Var of(Var point, Var step) {
    Var rows = extent.toRows(point);
    Var t = extent.toRows(AtLeast.require("lambda of a sorted l1", lambda, 0)).times(step);
    Isotonic isotonic = Isotonic.ofRows().decreasing();
    Var size =
        Sorted.through(rows.abs(), sorted -> Var.constant(0).max(isotonic.of(sorted.minus(t))));
    return extent.fromRows(size.times(rows.sign()), point.shape());
  }
}
