package org.tacit.bilevel;

/**
 * When an outer optimisation ends, and how exact its inner solves become.
 *
 * @param tolerance it has converged when the norm of the projected hypergradient is at most this
 *     times its first one, or when {@value #PATIENCE} iterations in a row improved the outer value
 *     by less than this relative to it
 * @param maxIterations accepted steps at most
 * @param finalInnerTolerance what inner and linear tolerances shrink to, relative
 */
public record OuterStopping(double tolerance, int maxIterations, double finalInnerTolerance) {
  static final int PATIENCE = 5;

  public OuterStopping {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException(
          "Invalid outer tolerance: " + tolerance + " (must be >= 0)");
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "Invalid outer max iterations: " + maxIterations + " (must be >= 1)");
    }
    if (!(finalInnerTolerance > 0 && finalInnerTolerance < 1)) {
      throw new IllegalArgumentException(
          "Invalid final inner tolerance: " + finalInnerTolerance + " (must be > 0 and < 1)");
    }
  }
}
