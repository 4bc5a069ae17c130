package org.tacit.loss;

import org.tacit.primitive.Var;

/** Noise of mean zero with a density proportional to exp(-nu(z)), each component by itself. */
public enum Noise {
  /** nu(z) = z^2 / 2; variance 1. */
  NORMAL {
    @Override
    double of(double u, double v) {
      return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }

    @Override
    Var nu(Var z) {
      return z.square().times(0.5);
    }
  },
  /**
   * nu(z) = w + exp(-w) with w = z + 0.5772..., Euler's constant, which moves the mean to zero;
   * variance pi^2 / 6. An argmax over the simplex then has the mean softmax(s / epsilon), and a
   * maximum epsilon log(sum(exp(s / epsilon))).
   */
  GUMBEL {
    @Override
    double of(double u, double v) {
      return -Math.log(-Math.log(u)) - EULER;
    }

    @Override
    Var nu(Var z) {
      Var w = z.plus(EULER);
      return w.plus(w.negate().exp());
    }
  };

  private static final double EULER = 0.5772156649015329;

  /** A draw from two uniform numbers in (0, 1). */
  abstract double of(double u, double v);

  /** nu of each component. */
  abstract Var nu(Var z);
}
