package org.tacit.prox;

import org.tacit.primitive.Var;
import org.tacit.projection.NonNegative;

/**
 * g = lambda/2 |y|^2 for y >= 0, infinite elsewhere: max(x, 0) / (1 + step lambda). Derivative that
 * of x > 0 at x = 0.
 */
public record NonNegativeRidge(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    return new Ridge(lambda).of(new NonNegative().of(point), step);
  }
}
