package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/**
 * g = lambda sum(y) for y >= 0, infinite elsewhere: max(x - step lambda, 0). Derivative 1[x > t],
 * and -1[x > t] in t = step lambda; 0 where x = t.
 */
public record NonNegativeLasso(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a lasso", lambda, 0).times(step);
    return Var.constant(0).max(point.minus(t));
  }
}
