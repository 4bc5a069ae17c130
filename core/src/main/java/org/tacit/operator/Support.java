package org.tacit.operator;

import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** Some of n coordinates, in order. */
final class Support {
  private final int n;
  private final int[] at;

  private Support(int n, int[] at) {
    this.n = n;
    this.at = at;
  }

  /** The coordinates where {@code values}, n x 1, is not zero. */
  static Support of(Matrix values) {
    return new Support(
        values.rows(), IntStream.range(0, values.rows()).filter(i -> values.at(i) != 0).toArray());
  }

  int size() {
    return at.length;
  }

  int at(int i) {
    return at[i];
  }

  /** The rows of x that are in it. */
  Matrix restrict(Matrix x) {
    double[] rows = new double[at.length * x.cols()];
    double[] all = x.window().data();
    for (int i = 0; i < at.length; i++) {
      System.arraycopy(all, at[i] * x.cols(), rows, i * x.cols(), x.cols());
    }
    return Matrix.adopting(at.length, x.cols(), rows);
  }

  /** The rows of y in their places, zero elsewhere. */
  Matrix embed(Matrix y) {
    double[] all = new double[n * y.cols()];
    double[] rows = y.window().data();
    for (int i = 0; i < at.length; i++) {
      System.arraycopy(rows, i * y.cols(), all, at[i] * y.cols(), y.cols());
    }
    return Matrix.adopting(n, y.cols(), all);
  }

  /** x with zeros in its rows. */
  Matrix without(Matrix x) {
    return x.minus(embed(restrict(x)));
  }
}
