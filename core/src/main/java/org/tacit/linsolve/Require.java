package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** What methods ask of their settings and their systems. */
final class Require {
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

  /** A square operator that promises at least this structure. */
  static void structure(LinearOperator operator, Structure needed, String method) {
    square(operator);
    if (operator.structure().compareTo(needed) < 0) {
      throw new IllegalArgumentException(
          "Invalid structure: %s (%s needs %s: promise it, or choose another method)"
              .formatted(operator.structure(), method, needed));
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
          "Invalid start: %s x %s (must be %s x %s)"
              .formatted(start.rows(), start.cols(), n, b.cols()));
    }
  }
}
