package org.tacit.projection;

import org.netlib.util.intW;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * The eigenvalues, ascending, and eigenvectors of a small symmetric matrix inside a kernel, by
 * LAPACK's dsyev.
 */
final class SymmetricEigen {
  private final double[] values;

  /** Element i of vector k is at k n + i. */
  private final double[] vectors;

  private SymmetricEigen(double[] values, double[] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  static SymmetricEigen of(Dense x) {
    int n = x.rows();
    Matrix matrix = x.toMatrix();
    Matrix transpose = matrix.transpose();
    double[] vectors = matrix.plus(transpose).times(0.5).toArray();
    double skew = matrix.minus(transpose).maxAbs();
    if (skew > 1e-8 * matrix.maxAbs()) {
      throw new IllegalArgumentException(
          "Invalid symmetric matrix: it differs from its transpose by "
              + skew
              + " (must be symmetric; take half the sum with its transpose)");
    }
    double[] values = new double[n];
    double[] work = new double[Math.max(1, 34 * n)];
    intW info = new intW(0);
    Lapack.NETLIB.dsyev("V", "L", n, vectors, Math.max(1, n), values, work, work.length, info);
    if (info.val != 0) {
      java.util.Arrays.fill(values, Double.NaN);
    }
    return new SymmetricEigen(values, vectors);
  }

  int order() {
    return values.length;
  }

  /** The k-th smallest eigenvalue. */
  double value(int k) {
    return values[k];
  }

  /** Writes V M V' with M[k][l] given, n x n, row after row. */
  void rotate(double[] middle, Dense output) {
    int n = values.length;
    double[] left = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double v = vectors[k * n + i];
        for (int l = 0; l < n; l++) {
          left[i * n + l] += v * middle[k * n + l];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < n; l++) {
          sum += left[i * n + l] * vectors[l * n + j];
        }
        output.data()[output.at(i) + j] = sum;
      }
    }
  }

  /** V' X V, row after row. */
  double[] turned(Dense x) {
    int n = values.length;
    double[] left = new double[n * n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        double v = vectors[k * n + i];
        for (int j = 0; j < n; j++) {
          left[k * n + j] += v * x.data()[x.at(i) + j];
        }
      }
    }
    double[] result = new double[n * n];
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        for (int j = 0; j < n; j++) {
          result[k * n + l] += left[k * n + j] * vectors[l * n + j];
        }
      }
    }
    return result;
  }
}
