package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;

/** g = lambda/2 |y|^2: x / (1 + step lambda). Smooth. */
public record Ridge(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    return point.divide(AtLeast.require("lambda of a ridge", lambda, 0).times(step).plus(1));
  }
}
