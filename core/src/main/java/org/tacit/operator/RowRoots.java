package org.tacit.operator;

import org.tacit.matrix.Matrix;

/**
 * S, block diagonal: for each row a lower triangle L with L L' = C, the row's curvature, outputs x
 * outputs. Where C is singular, as that of softmax is, the columns of pivots that are none are
 * zero.
 *
 * @param blocks rows x outputs^2
 */
record RowRoots(Matrix blocks, int outputs) {
  private static final double ROUNDING = 1e-12;

  /** Of the blocks C, rows x outputs^2. */
  static RowRoots of(Matrix curvature, int outputs) {
    double[] elements = curvature.toArray();
    for (int from = 0; from < elements.length; from += outputs * outputs) {
      factorise(elements, from, outputs);
    }
    return new RowRoots(Matrix.adopting(curvature.rows(), outputs * outputs, elements), outputs);
  }

  private static void factorise(double[] a, int from, int k) {
    double largest = 0;
    for (int j = 0; j < k; j++) {
      largest = Math.max(largest, a[from + j * k + j]);
    }
    for (int j = 0; j < k; j++) {
      double pivot = a[from + j * k + j];
      double root = pivot > ROUNDING * largest ? Math.sqrt(pivot) : 0;
      for (int i = 0; i < k; i++) {
        int at = from + i * k + j;
        a[at] = i < j || root == 0 ? 0 : a[at] / root;
      }
      for (int i = j + 1; i < k; i++) {
        for (int l = j + 1; l <= i; l++) {
          a[from + i * k + l] -= a[from + i * k + j] * a[from + l * k + j];
        }
      }
    }
  }

  /** S M. */
  Matrix times(Matrix m) {
    return times(m, outputs, 1);
  }

  /** S' M. */
  Matrix transposedTimes(Matrix m) {
    return times(m, 1, outputs);
  }

  private Matrix times(Matrix m, int down, int across) {
    int width = m.cols();
    double[] from = m.toArray();
    double[] result = new double[from.length];
    for (int i = 0; i < blocks.rows(); i++) {
      for (int c = 0; c < outputs; c++) {
        for (int e = 0; e < outputs; e++) {
          double factor = blocks.at(i, c * down + e * across);
          int to = (i * outputs + c) * width;
          int at = (i * outputs + e) * width;
          for (int k = 0; factor != 0 && k < width; k++) {
            result[to + k] += factor * from[at + k];
          }
        }
      }
    }
    return Matrix.adopting(m.rows(), width, result);
  }
}
