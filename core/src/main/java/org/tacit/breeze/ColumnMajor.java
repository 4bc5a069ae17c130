package org.tacit.breeze;

import org.tacit.matrix.Matrix;

/** What the factorisations share: storage column after column, the 1-norm, and checks of shapes. */
final class ColumnMajor {
  private ColumnMajor() {}

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
