package org.tacit.projection;

import org.netlib.util.intW;
import org.tacit.matrix.Lapack;

/** A small dense symmetric positive definite system inside a kernel, by LAPACK's dposv. */
final class SpdSystem {
  private SpdSystem() {}

  /** The solution of A x = b, A given whole and overwritten nowhere the caller sees. */
  static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    double[] factor = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(a[i], 0, factor, i * n, n);
    }
    double[] x = b.clone();
    intW info = new intW(0);
    Lapack.NETLIB.dposv("L", n, 1, factor, Math.max(1, n), x, Math.max(1, n), info);
    if (info.val != 0) {
      throw new IllegalArgumentException(
          "Singular system: pivot " + info.val + " of " + n + " (must be positive definite)");
    }
    return x;
  }
}
