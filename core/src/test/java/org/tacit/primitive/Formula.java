package org.tacit.primitive;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** Mathematics on matrices written the plain way, for the laws to compare with. */
final class Formula {
  private Formula() {}

  /** Element (i, j) of a matrix. */
  @FunctionalInterface
  interface Element {
    double at(int i, int j);
  }

  static Matrix matrix(int rows, int cols, Element element) {
    double[] all = new double[rows * cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        all[i * cols + j] = element.at(i, j);
      }
    }
    return Matrix.adopting(rows, cols, all);
  }

  static double sum(int count, IntToDoubleFunction term) {
    return IntStream.range(0, count).mapToDouble(term).sum();
  }

  /** Element (i, j) of a matrix whose axes of length 1 stretch. */
  static double stretched(Matrix x, int i, int j) {
    return x.at(x.rows() == 1 ? 0 : i, x.cols() == 1 ? 0 : j);
  }

  static Function<Matrix, Matrix> each(DoubleUnaryOperator f) {
    return x -> x.map(f);
  }

  static Matrix pair(Matrix a, Matrix b, DoubleBinaryOperator f) {
    return matrix(
        Math.max(a.rows(), b.rows()),
        Math.max(a.cols(), b.cols()),
        (i, j) -> f.applyAsDouble(stretched(a, i, j), stretched(b, i, j)));
  }

  static Matrix product(Matrix a, Matrix b) {
    return matrix(a.rows(), b.cols(), (i, j) -> sum(a.cols(), k -> a.at(i, k) * b.at(k, j)));
  }

  /** The sum of each row of {@code f} of its elements. */
  static Matrix rowSums(Matrix x, DoubleUnaryOperator f) {
    return matrix(x.rows(), 1, (i, none) -> sum(x.cols(), j -> f.applyAsDouble(x.at(i, j))));
  }

  /** X with A X = B, by Gauss-Jordan elimination. */
  static Matrix solution(Matrix a, Matrix b) {
    int n = a.rows();
    double[][] rows = new double[n][n + b.cols()];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n + b.cols(); j++) {
        rows[i][j] = j < n ? a.at(i, j) : b.at(i, j - n);
      }
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        double factor = i == k ? 1 - 1 / rows[k][k] : rows[i][k] / rows[k][k];
        for (int j = n + b.cols() - 1; j >= k; j--) {
          rows[i][j] -= factor * rows[k][j];
        }
      }
    }
    return matrix(n, b.cols(), (i, j) -> rows[i][n + j]);
  }

  /** By Cramer's rule, row i of a being a_11, a_21, a_12, a_22. */
  static Matrix rowSolutions(Matrix a, Matrix b) {
    return matrix(
        b.rows(),
        2,
        (i, j) -> {
          double determinant = a.at(i, 0) * a.at(i, 3) - a.at(i, 1) * a.at(i, 2);
          double minor =
              j == 0
                  ? b.at(i, 0) * a.at(i, 3) - b.at(i, 1) * a.at(i, 2)
                  : b.at(i, 1) * a.at(i, 0) - b.at(i, 0) * a.at(i, 1);
          return minor / determinant;
        });
  }

  static Matrix turned(Matrix a) {
    int[] places = {0, 2, 1, 3};
    return matrix(a.rows(), 4, (i, j) -> a.at(i, places[j]));
  }
}
