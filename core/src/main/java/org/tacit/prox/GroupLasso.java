package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;
import org.tacit.projection.Extent;

/**
 * g = lambda |y|_2, of all elements or of each row: (1 - t / |x|) x where |x| > t = step lambda,
 * else 0. Derivative (1 - t / |x|) I + t x x' / |x|^3 and -x / |x| in t; 0 where |x| &lt;= t, so
 * also at x = 0.
 */
public record GroupLasso(Extent extent, Var lambda) implements Prox {
  /** All elements are one group. */
  public static GroupLasso ofAll(Var lambda) {
    return new GroupLasso(Extent.WHOLE, lambda);
  }

  /** Each row is a group; lambda is 1 x 1 or one for each row. */
  public static GroupLasso ofRows(Var lambda) {
    return new GroupLasso(Extent.ROWS, lambda);
  }

  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a group lasso", lambda, 0).times(step);
    Var isLarge = extent.norm(point).greaterThan(t);
    Var large = Var.where(isLarge, point, Var.constant(1));
    return Var.where(isLarge, point.minus(extent.unit(large).times(t)), Var.constant(0));
  }
}
