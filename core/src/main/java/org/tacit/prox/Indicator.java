package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.Projection;

/** g = 0 on a set, infinite outside: the projection on it, whatever the step. */
public record Indicator(Projection projection) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    return projection.of(point);
  }
}
