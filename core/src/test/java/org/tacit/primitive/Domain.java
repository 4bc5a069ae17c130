package org.tacit.primitive;

import java.util.Random;
import org.tacit.matrix.Matrix;

/** Where a law draws the values of an argument from, away from kinks and poles. */
@FunctionalInterface
interface Domain {
  Matrix draw(Random random, int rows, int cols);

  /** Numbers in [low, high). */
  static Domain between(double low, double high) {
    return each(random -> low + (high - low) * random.nextDouble());
  }

  /** Numbers of either sign whose size is in [low, high). */
  static Domain awayFromZero(double low, double high) {
    return each(
        random -> (random.nextBoolean() ? 1 : -1) * (low + (high - low) * random.nextDouble()));
  }

  /** One of these numbers. */
  static Domain oneOf(double... values) {
    return each(random -> values[random.nextInt(values.length)]);
  }

  /** The integers 0 to count - 1. */
  static Domain keys(int count) {
    return each(random -> random.nextInt(count));
  }

  /** In each row numbers at least {@code gap} apart, in any order. */
  static Domain apart(double gap) {
    return (random, rows, cols) -> {
      double[] elements = new double[rows * cols];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
          int other = random.nextInt(j + 1);
          elements[i * cols + j] = elements[i * cols + other];
          elements[i * cols + other] = gap * (j - 0.5 * cols) + 0.5 * gap * random.nextDouble();
        }
      }
      return Matrix.adopting(rows, cols, elements);
    };
  }

  /** Square matrices I n + E, E between -1 and 1: regular, and not symmetric. */
  static Domain regular() {
    return (random, rows, cols) ->
        Matrix.identity(rows).times(rows).plus(between(-1, 1).draw(random, rows, cols));
  }

  /** In each row the columns of a 2 x 2 matrix 2 I + E, E between -1/2 and 1/2. */
  static Domain regularRows() {
    return (random, rows, cols) -> {
      double[] elements = between(-0.5, 0.5).draw(random, rows, cols).toArray();
      for (int i = 0; i < rows; i++) {
        elements[i * 4] += 2;
        elements[i * 4 + 3] += 2;
      }
      return Matrix.adopting(rows, cols, elements);
    };
  }

  /** Symmetric matrices with eigenvalues above 1. */
  static Domain positiveDefinite() {
    return (random, rows, cols) -> {
      Matrix root = between(-1, 1).draw(random, rows, cols);
      return Matrix.identity(rows).plus(root.times(root.transpose()));
    };
  }

  /** Symmetric matrices between -1 and 1. */
  static Domain symmetric() {
    return (random, rows, cols) -> {
      Matrix half = between(-1, 1).draw(random, rows, cols);
      return half.plus(half.transpose()).times(0.5);
    };
  }

  private static Domain each(java.util.function.ToDoubleFunction<Random> number) {
    return (random, rows, cols) ->
        Matrix.zeros(rows, cols).map(nothing -> number.applyAsDouble(random));
  }
}
