package org.tacit.linsolve;

import org.tacit.matrix.EuclideanNorm;

/** The few operations on vectors that the methods are written in. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] a, double[] b) {
    return dot(a, b, 0, a.length);
  }

  /** Of elements {@code from} (inclusive) to {@code to} (exclusive). */
  static double dot(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /**
   * Products of the same elements of two vectors, each summed as {@link #dot} does, in one loop:
   * the three sums do not wait for each other.
   */
  record Products(double ab, double aa, double bb) {}

  /** Of elements {@code from} (inclusive) to {@code to} (exclusive). */
  static Products products(double[] a, double[] b, int from, int to) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = from; i < to; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return new Products(ab, aa, bb);
  }

  static double norm(double[] a) {
    return EuclideanNorm.of(a);
  }

  /** Adds factor * a to {@code sum}. */
  static void add(double factor, double[] a, double[] sum) {
    add(factor, a, sum, 0, a.length);
  }

  /** The same of elements {@code from} (inclusive) to {@code to} (exclusive). */
  static void add(double factor, double[] a, double[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += factor * a[i];
    }
  }

  /** a + factor * b in {@code sum}, elements {@code from} (inclusive) to {@code to} (exclusive). */
  static void sum(double[] a, double factor, double[] b, double[] sum, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] = a[i] + factor * b[i];
    }
  }

  /** a / divisor. */
  static double[] divided(double[] a, double divisor) {
    double[] result = new double[a.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = a[i] / divisor;
    }
    return result;
  }

  /** factor * a. */
  static double[] scaled(double factor, double[] a) {
    double[] result = new double[a.length];
    add(factor, a, result);
    return result;
  }

  /** a + factor * b. */
  static double[] sum(double[] a, double factor, double[] b) {
    double[] result = a.clone();
    add(factor, b, result);
    return result;
  }
}
