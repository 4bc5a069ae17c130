package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/**
 * g = sum_j lambda_j |y_j|, lambda a scalar or one for each element: soft thresholding, sign(x)
 * max(|x| - step lambda, 0). Derivative D(1[|x| > t]) with t = step lambda, and -sign(x) 1[|x| > t]
 * in t; 0 where |x| = t.
 */
public record Lasso(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    return soften(point, AtLeast.require("lambda of a lasso", lambda, 0).times(step));
  }

  static Var soften(Var x, Var t) {
    Var isLarge = x.abs().greaterThan(t);
    return Var.where(isLarge, x.minus(x.sign().times(t)), Var.constant(0));
  }
}
