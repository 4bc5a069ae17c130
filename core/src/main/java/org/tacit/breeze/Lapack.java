package org.tacit.breeze;

import dev.ludovic.netlib.lapack.LAPACK;
import org.tacit.matrix.Matrix;

/** The LAPACK in use: native where a library is installed, otherwise its translation to Java. */
final class Lapack {
  static final LAPACK NETLIB = LAPACK.getInstance();

  static {
    // The translation computes the machine's constants on first use, without a lock.
    NETLIB.dlamch("E");
  }

  private Lapack() {}

  /** A matrix column after column, as LAPACK stores it. */
  static double[] columnMajor(Matrix x) {
    return x.transpose().toArray();
  }

  /** The rows x cols matrix stored column after column. */
  static Matrix matrix(int rows, int cols, double[] columnMajor) {
    return Matrix.adopting(/* rows= */ cols, /* cols= */ rows, columnMajor).transpose();
  }

  /** The largest sum of absolute values of a column. */
  static double oneNorm(Matrix a) {
    double largest = 0;
    for (int j = 0; j < a.cols(); j++) {
      double sum = 0;
      for (int i = 0; i < a.rows(); i++) {
        sum += Math.abs(a.at(i, j));
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  static void requireSquare(Matrix a) {
    if (a.rows() != a.cols()) {
      throw new IllegalArgumentException(
          "Invalid matrix: " + a.rows() + " x " + a.cols() + " (must be square)");
    }
  }

  static void requireHeight(Matrix b, int n) {
    if (b.rows() != n) {
      throw new IllegalArgumentException(
          "Invalid right-hand side: " + b.rows() + " rows (must be " + n + ")");
    }
  }
}
