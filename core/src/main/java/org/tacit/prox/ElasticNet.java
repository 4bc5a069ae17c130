package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/**
 * g = lambda (|y|_1 + gamma/2 |y|^2): soft(x, t) / (1 + t gamma) with t = step lambda. Derivative
 * D(1[|x| > t]) / (1 + t gamma); 0 where |x| = t, as in {@link Lasso}.
 */
public record ElasticNet(Var lambda, Var gamma) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of an elastic net", lambda, 0).times(step);
    Var ratio = AtLeast.require("gamma of an elastic net", gamma, 0);
    return Lasso.soften(point, t).divide(t.times(ratio).plus(1));
  }
}
