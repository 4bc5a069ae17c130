package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** What methods ask of their settings and their systems. */
final class Require {
  static final int DEFAULT_MAX_ITERATIONS = 1000;

  /** What is zero to working precision, as a part of |A|. */
  static final double NEGLIGIBLE = 1e-13;

  private Require() {}

  static void tolerance(double relativeTolerance) {
    if (!(relativeTolerance > 0)) {
      throw new IllegalArgumentException(
          "Invalid tolerance: " + relativeTolerance + " (must be > 0)");
    }
  }

  static void maxIterations(int maxIterations) {
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "Invalid max iterations: " + maxIterations + " (must be >= 1)");
    }
  }

  static void square(LinearOperator operator) {
    if (operator.rows() != operator.cols()) {
      throw new IllegalArgumentException(
          "Invalid operator: " + operator.rows() + " x " + operator.cols() + " (must be square)");
    }
  }

  static void system(int n, Matrix b, Matrix start) {
    if (b.rows() != n) {
      throw new IllegalArgumentException(
          "Invalid right-hand side: " + b.rows() + " rows (must be " + n + ")");
    }
    if (start.rows() != n || start.cols() != b.cols()) {
      throw new IllegalArgumentException(
          "Invalid start: "
              + start.rows()
              + " x "
              + start.cols()
              + " (must be "
              + n
              + " x "
              + b.cols()
              + ")");
    }
  }
}
