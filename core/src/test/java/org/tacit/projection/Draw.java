package org.tacit.projection;

import java.util.Random;
import org.tacit.matrix.Matrix;

/** Where a law draws a matrix from. */
@FunctionalInterface
public interface Draw {
  Matrix from(Random random);

  static Draw normal(int rows, int cols) {
    return random -> Matrix.zeros(rows, cols).map(z -> random.nextGaussian());
  }

  static Draw between(double low, double high, int rows, int cols) {
    return random -> Matrix.zeros(rows, cols).map(z -> low + (high - low) * random.nextDouble());
  }

  static Draw number(double low, double high) {
    return between(low, high, 1, 1);
  }

  /** A symmetric matrix of normal numbers. */
  static Draw symmetric(int order) {
    return random -> {
      Matrix half = normal(order, order).from(random);
      return half.plus(half.transpose());
    };
  }

  /** This plus a draw of the same shape, for bounds above others. */
  default Draw times(double factor) {
    return random -> from(random).times(factor);
  }

  /** Numbers that sum to {@code total}. */
  default Draw summingTo(double total) {
    return random -> {
      Matrix x = from(random);
      double sum = x.dot(x.map(z -> 1));
      return x.map(z -> z + (total - sum) / x.size());
    };
  }
}
