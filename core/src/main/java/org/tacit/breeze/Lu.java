package org.tacit.breeze;

import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * P A = L U with partial pivoting, for any square matrix; 2 n^3 / 3 operations. A matrix with a
 * pivot of exactly zero has reciprocal condition 0, and its solves are infinite or NaN. Source:
 * LAPACK's dgetrf, dgetrs, dgecon; Golub and Van Loan, section 3.4.
 */
final class Lu implements Factorisation {
  private final int n;
  private final double[] factor;
  private final int[] pivots;
  private final double reciprocalCondition;

  private Lu(int n, double[] factor, int[] pivots, double reciprocalCondition) {
    this.n = n;
    this.factor = factor;
    this.pivots = pivots;
    this.reciprocalCondition = reciprocalCondition;
  }

  static Lu of(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    int[] pivots = new int[n];
    intW info = new intW(0);
    Lapack.NETLIB.dgetrf(n, n, factor, stride, pivots, info);
    doubleW reciprocal = new doubleW(0);
    if (info.val == 0 && a.isFinite()) {
      Lapack.NETLIB.dgecon(
          "1",
          n,
          factor,
          stride,
          ColumnMajor.oneNorm(a),
          reciprocal,
          new double[4 * stride],
          new int[stride],
          info);
    }
    return new Lu(n, factor, pivots, reciprocal.val);
  }

  @Override
  public Matrix solve(Matrix b) {
    return solve("N", b);
  }

  @Override
  public Matrix solveTransposed(Matrix b) {
    return solve("T", b);
  }

  private Matrix solve(String transposition, Matrix b) {
    ColumnMajor.requireHeight(b, n);
    double[] x = ColumnMajor.columnMajor(b);
    int stride = Math.max(1, n);
    Lapack.NETLIB.dgetrs(
        transposition, n, b.cols(), factor, stride, pivots, x, stride, new intW(0));
    return ColumnMajor.matrix(n, b.cols(), x);
  }

  @Override
  public double reciprocalCondition() {
    return reciprocalCondition;
  }
}
