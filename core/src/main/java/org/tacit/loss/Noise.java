package org.tacit.loss;

import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import org.tacit.primitive.Var;

/** Noise of mean zero with a density proportional to exp(-nu(z)), each component by itself. */
public enum Noise {
  /** nu(z) = z^2 / 2; variance 1. */
  NORMAL(
      (u, v) -> Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v),
      z -> z.square().times(0.5)),
  /**
   * nu(z) = w + exp(-w) with w = z + 0.5772..., Euler's constant, which moves the mean to zero;
   * variance pi^2 / 6. An argmax over the simplex then has the mean softmax(s / epsilon), and a
   * maximum epsilon log(sum(exp(s / epsilon))).
   */
  GUMBEL((u, v) -> -Math.log(-Math.log(u)) - Noise.EULER, z -> gumbel(z.plus(Noise.EULER)));

  private static final double EULER = 0.5772156649015329;

  private final DoubleBinaryOperator draw;
  private final UnaryOperator<Var> nu;

  Noise(DoubleBinaryOperator draw, UnaryOperator<Var> nu) {
    this.draw = draw;
    this.nu = nu;
  }

  private static Var gumbel(Var w) {
    return w.plus(w.negate().exp());
  }

  /** A draw from two uniform numbers in (0, 1). */
  double of(double u, double v) {
    return draw.applyAsDouble(u, v);
  }

  /** nu of each component. */
  Var nu(Var z) {
    return nu.apply(z);
  }
}
