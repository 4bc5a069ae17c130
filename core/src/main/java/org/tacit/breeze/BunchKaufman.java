package org.tacit.breeze;

import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * P A P' = L D L' of a symmetric, maybe indefinite matrix, of which the lower triangle is read; D
 * has blocks of one and two; n^3 / 3 operations, half of {@link Lu}'s. A matrix with a block of
 * exactly zero has reciprocal condition 0, and its solves are infinite or NaN. Source: LAPACK's
 * dsytrf, dsytrs, dsycon; Golub and Van Loan, section 4.4.
 */
final class BunchKaufman implements Factorisation {
  private final int n;
  private final double[] factor;
  private final int[] pivots;
  private final double reciprocalCondition;

  private BunchKaufman(int n, double[] factor, int[] pivots, double reciprocalCondition) {
    this.n = n;
    this.factor = factor;
    this.pivots = pivots;
    this.reciprocalCondition = reciprocalCondition;
  }

  static BunchKaufman of(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    int[] pivots = new int[n];
    double[] work = new double[64 * stride];
    intW info = new intW(0);
    Lapack.NETLIB.dsytrf("L", n, factor, stride, pivots, work, work.length, info);
    doubleW reciprocal = new doubleW(0);
    if (info.val == 0 && a.isFinite()) {
      Lapack.NETLIB.dsycon(
          "L",
          n,
          factor,
          stride,
          pivots,
          ColumnMajor.oneNorm(a),
          reciprocal,
          new double[2 * stride],
          new int[stride],
          info);
    }
    return new BunchKaufman(n, factor, pivots, reciprocal.val);
  }

  @Override
  public Matrix solve(Matrix b) {
    ColumnMajor.requireHeight(b, n);
    double[] x = ColumnMajor.columnMajor(b);
    int stride = Math.max(1, n);
    Lapack.NETLIB.dsytrs("L", n, b.cols(), factor, stride, pivots, x, stride, new intW(0));
    // Negative pivots make -0 of 0.
    return ColumnMajor.matrix(n, b.cols(), x).map(v -> v + 0.0);
  }

  @Override
  public Matrix solveTransposed(Matrix b) {
    return solve(b);
  }

  @Override
  public double reciprocalCondition() {
    return reciprocalCondition;
  }
}
