package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/**
 * g = lambda sum log(1 + |y| / eps), not convex; single-valued while t = step lambda &lt;= eps^2,
 * which is required. Where |x| > t / eps, sign(x) (|x| - eps + sqrt((|x| + eps)^2 - 4 t)) / 2, else
 * 0; derivative 0 where |x| = t / eps. Source: Gong et al., A general iterative shrinkage and
 * thresholding algorithm for non-convex regularized optimization, 2013, table 1.
 */
public record LogPenalty(Var lambda, Var eps) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a log penalty", lambda, 0).times(step);
    Var width =
        AtLeast.require(
            "eps of a log penalty, not below the root of lambda times step", eps, t.sqrt());
    Var size = point.abs();
    Var isLarge = size.greaterThan(t.divide(width));
    Var sum = size.plus(width);
    Var share = t.times(4).divide(sum).divide(sum).negate().plus(1); // no square overflows
    Var root = sum.times(Var.where(isLarge, share, Var.constant(1)).sqrt());
    Var moved = size.minus(width).plus(root).times(0.5).times(point.sign());
    return Var.where(isLarge, moved, Var.constant(0));
  }
}
