package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The upper triangular factor R that Lanczos methods make of their small matrix, with two diagonals
 * above the main one. Its smallest singular value is that of A restricted to the Krylov space, so
 * it estimates that of A from above: 1 / |R^-1| by the power method on R^-1 R'^-1, {@value #POWERS}
 * steps of cost k each.
 */
final class BandedTriangle {
  private static final int POWERS = 40;

  private final List<Double> main = new ArrayList<>();
  private final List<Double> first = new ArrayList<>();
  private final List<Double> second = new ArrayList<>();

  /** Adds the column (..., second, first, main). */
  void add(double newMain, double newFirst, double newSecond) {
    main.add(newMain);
    first.add(newFirst);
    second.add(newSecond);
  }

  /** The smallest singular value, from above; infinite before the first column. */
  double smallest() {
    int k = main.size();
    if (k == 0) {
      return Double.POSITIVE_INFINITY;
    }
    Random random = new Random(k);
    double[] v = random.doubles(k, 0.5, 1).toArray();
    double largest = 0;
    for (int i = 0; i < POWERS; i++) {
      v = Vectors.scaled(1 / Vectors.norm(v), v);
      double[] w = solvedTransposed(v);
      largest = Math.max(largest, Vectors.norm(w));
      if (!Double.isFinite(largest)) {
        return 0;
      }
      v = solved(w);
    }
    return 1 / largest;
  }

  private double[] solvedTransposed(double[] v) {
    double[] w = new double[v.length];
    for (int i = 0; i < w.length; i++) {
      double rest = v[i];
      rest -= i > 0 ? first.get(i) * w[i - 1] : 0;
      rest -= i > 1 ? second.get(i) * w[i - 2] : 0;
      w[i] = rest / main.get(i);
    }
    return w;
  }

  private double[] solved(double[] w) {
    int k = w.length;
    double[] v = new double[k];
    for (int i = k - 1; i >= 0; i--) {
      double rest = w[i];
      rest -= i + 1 < k ? first.get(i + 1) * v[i + 1] : 0;
      rest -= i + 2 < k ? second.get(i + 2) * v[i + 2] : 0;
      v[i] = rest / main.get(i);
    }
    return v;
  }
}
