package org.tacit.loss;

import org.tacit.primitive.Var;

/** Noise of mean zero with a density proportional to exp(-nu(z)), each component by itself. */
public enum Noise {
  /** nu(z) = z^2 / 2; variance 1. */
  NORMAL,
  /**
   * nu(z) = w + exp(-w) with w = z + 0.5772..., Euler's constant, which moves the mean to zero;
   * variance pi^2 / 6. An argmax over the simplex then has the mean softmax(s / epsilon), and a
   * maximum epsilon log(sum(exp(s / epsilon))).
   */
  GUMBEL;

  private static final double EULER = 0.5772156649015329;

  /** A draw from two uniform numbers in (0, 1). */
  double of(double u, double v) {
    return switch (this) {
      case NORMAL -> Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
      case GUMBEL -> -Math.log(-Math.log(u)) - EULER;
    };
  }

  /** nu of each component. */
  Var nu(Var z) {
    Var w = z.plus(EULER);
    return this == NORMAL ? z.square().times(0.5) : w.plus(w.negate().exp());
  }
}
