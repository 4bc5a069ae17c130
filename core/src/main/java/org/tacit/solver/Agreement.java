package org.tacit.solver;

import org.tacit.optimality.Problem;

/** How well a model foretold a step: the decrease of the objective over the model's. */
final class Agreement {
  private static final double ROUNDING = 1e-13;
  private static final double HELPFUL = 0.9;

  private Agreement() {}

  /**
   * The ratio. Where the model's decrease is below the rounding of the objective, 1 for a gradient
   * that is clearly smaller and 0 for others.
   */
  static double of(Iterates iterates, Problem.Evaluated there, double expected) {
    double value = iterates.here().value().orElseThrow();
    double decrease = value - there.value().orElseThrow();
    double rounding = ROUNDING * Math.max(Math.abs(value), Double.MIN_NORMAL);
    if (expected <= 1e3 * rounding && decrease >= -rounding) {
      return there.residual().norm() <= HELPFUL * iterates.norm() ? 1 : 0;
    }
    return decrease / expected;
  }
}
