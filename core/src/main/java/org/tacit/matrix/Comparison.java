package org.tacit.matrix;

/** Comparisons of runs of numbers, in lanes where a machine has them. */
public final class Comparison {
  private Comparison() {}

  /**
   * Writes 1 where {@code a[atA + j]} and {@code b[atB + j]} are equal, 0 where not, to {@code
   * out[to + j]}. Runs may be one; they must not overlap otherwise.
   */
  public static void equal(
      double[] a, int atA, double[] b, int atB, double[] out, int to, int count) {
    Kernels.of(count).equal(a, atA, b, atB, out, to, count);
  }

  /** The same of one number and a run. */
  public static void equal(double a, double[] b, int atB, double[] out, int to, int count) {
    Kernels.of(count).equal(a, b, atB, out, to, count);
  }
}
