package org.tacit.matrix;

/**
 * sqrt(x_1^2 + ... + x_n^2) of a run of an array, for every size that numbers have: where the plain
 * sum of squares overflows, or is so small that squares lose digits, the elements are divided by a
 * power of two first. Infinite only where the norm itself is.
 */
public final class EuclideanNorm {
  /** Below this some squares may have been subnormal. */
  private static final double SMALL = 0x1p-960;

  private EuclideanNorm() {}

  public static double of(double[] x) {
    return of(x, 0, x.length);
  }

  /** The norm of {@code count} elements from {@code from} on. */
  public static double of(double[] x, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += x[i] * x[i];
    }
    return of(sum, x, from, count);
  }

  /** The same where the plain sum of squares is known. */
  public static double of(double squares, double[] x, int from, int count) {
    return squares >= SMALL && squares <= Double.MAX_VALUE
        ? Math.sqrt(squares)
        : scaled(x, from, count);
  }

  private static double scaled(double[] x, int from, int count) {
    double most = 0;
    for (int i = from; i < from + count; i++) {
      most = Math.max(most, Math.abs(x[i]));
    }
    if (most == 0 || !(most <= Double.MAX_VALUE)) {
      return most;
    }
    int exponent = Math.getExponent(most);
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      double ratio = Math.scalb(x[i], -exponent);
      sum += ratio * ratio;
    }
    return Math.scalb(Math.sqrt(sum), exponent);
  }
}
