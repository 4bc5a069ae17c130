package org.tacit.optimality;

import java.util.function.BiFunction;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * A fixed point x = T(x, theta), as the equation T(x, theta) - x = 0: A = d1T - I and B = d2T.
 * Source: arXiv 2105.15183, section 2.1.
 */
public final class FixedPoint {
  private FixedPoint() {}

  /** The condition of the map T, written on flat vectors of n and q numbers. */
  public static Condition of(int n, int q, BiFunction<Var, Var, Var> map) {
    return Root.of(
        Parameters.vector(n), Parameters.vector(q), (x, theta) -> map.apply(x, theta).minus(x));
  }
}
