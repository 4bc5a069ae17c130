package org.tacit.solver;

/**
 * When an inner solve is good enough, and when it has had enough: it has converged when the norm of
 * the residual F is at most relativeTolerance times its norm at the start plus absoluteTolerance.
 */
public record Stopping(double relativeTolerance, double absoluteTolerance, int maxIterations) {
  public Stopping {
    if (!(relativeTolerance >= 0)) {
      throw new IllegalArgumentException(
          "Invalid relative tolerance: " + relativeTolerance + " (must be >= 0)");
    }
    if (!(absoluteTolerance >= 0)) {
      throw new IllegalArgumentException(
          "Invalid absolute tolerance: " + absoluteTolerance + " (must be >= 0)");
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "Invalid max iterations: " + maxIterations + " (must be >= 1)");
    }
  }

  public static Stopping relative(double tolerance, int maxIterations) {
    return new Stopping(tolerance, 0, maxIterations);
  }

  /** The bound on the residual's norm when its norm at the start is {@code reference}. */
  public double bound(double reference) {
    return relativeTolerance * reference + absoluteTolerance;
  }
}
