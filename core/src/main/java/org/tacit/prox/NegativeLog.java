package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/**
 * g = -lambda sum log(y), y > 0: (x + sqrt(x^2 + 4 t)) / 2 with t = step lambda, for negative x in
 * the form 2 t / (sqrt(x^2 + 4 t) - x). Smooth for t > 0; at t = 0 = x it gives NaN in derivatives.
 */
public record NegativeLog(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a negative log", lambda, 0).times(step);
    return NegativeLogRoot.of(point, t);
  }
}
