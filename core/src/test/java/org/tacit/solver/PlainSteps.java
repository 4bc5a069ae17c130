package org.tacit.solver;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.tacit.breeze.Eigenvalues;
import org.tacit.matrix.Matrix;

/** The slow, plain methods that give references. */
final class PlainSteps {
  private static final int PATIENCE = 200;
  private static final int AT_MOST = 500_000;

  private PlainSteps() {}

  /** x+ = prox(x - step grad f(x)), until no step has been shorter for long. */
  static Matrix descend(
      Matrix start, double step, UnaryOperator<Matrix> gradient, UnaryOperator<Matrix> prox) {
    Matrix x = start;
    Matrix best = start;
    double shortest = Double.POSITIVE_INFINITY;
    int fruitless = 0;
    for (int k = 0; k < AT_MOST && fruitless < PATIENCE && shortest > 0; k++) {
      Matrix next = prox.apply(x.plus(-step, gradient.apply(x)));
      double moved = next.minus(x).norm();
      fruitless++;
      if (moved < shortest) {
        shortest = moved;
        best = next;
        fruitless = 0;
      }
      x = next;
    }
    return best;
  }

  /** The zero of a function with opposite signs at the ends, to the last bit. */
  static double bisect(double low, double high, DoubleUnaryOperator f) {
    boolean rises = f.applyAsDouble(low) < 0;
    double a = low;
    double b = high;
    for (int k = 0; k < 200; k++) {
      double middle = 0.5 * (a + b);
      if (f.applyAsDouble(middle) < 0 == rises) {
        a = middle;
      } else {
        b = middle;
      }
    }
    return 0.5 * (a + b);
  }

  /** The largest eigenvalue of a symmetric matrix. */
  static double largest(Matrix a) {
    return Arrays.stream(Eigenvalues.ofSymmetric(a).toArray()).max().orElseThrow();
  }

  static Matrix soft(Matrix v, double threshold) {
    return v.map(e -> Math.signum(e) * Math.max(0, Math.abs(e) - threshold));
  }

  /** v times max(0, 1 - threshold / |v|) for each run of {@code width} elements. */
  static Matrix shrinkRuns(Matrix v, int width, double threshold) {
    double[] shrunk = v.toArray();
    for (int from = 0; from < shrunk.length; from += width) {
      double squares = 0;
      for (int j = from; j < from + width; j++) {
        squares += shrunk[j] * shrunk[j];
      }
      double factor = Math.max(0, 1 - threshold / Math.sqrt(squares));
      for (int j = from; j < from + width; j++) {
        shrunk[j] *= factor;
      }
    }
    return Matrix.column(shrunk);
  }

  /** The projection of each run of {@code width} elements to the simplex, by sorting. */
  static Matrix simplexRuns(Matrix v, int width) {
    double[] projected = v.toArray();
    for (int from = 0; from < projected.length; from += width) {
      double[] rising = Arrays.copyOfRange(projected, from, from + width);
      Arrays.sort(rising);
      double sum = 0;
      double level = 0;
      for (int k = 1; k <= width; k++) {
        sum += rising[width - k];
        if (rising[width - k] > (sum - 1) / k) {
          level = (sum - 1) / k;
        }
      }
      for (int j = from; j < from + width; j++) {
        projected[j] = Math.max(0, projected[j] - level);
      }
    }
    return Matrix.column(projected);
  }
}
