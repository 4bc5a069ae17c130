package org.tacit.breeze;

import java.util.Optional;
import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * A = L L' of a symmetric positive definite matrix, of which the lower triangle is read; n^3 / 3
 * operations. Source: LAPACK's dpotrf, dpotrs, dpocon; Golub and Van Loan, section 4.2.
 */
final class Cholesky implements Factorisation {
  private final int n;
  private final double[] factor;
  private final double reciprocalCondition;

  private Cholesky(int n, double[] factor, double reciprocalCondition) {
    this.n = n;
    this.factor = factor;
    this.reciprocalCondition = reciprocalCondition;
  }

  /** The factorisation, or nothing when a pivot is not positive. */
  static Optional<Cholesky> of(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    if (!a.isFinite()) {
      return Optional.empty();
    }
    double[] factor = ColumnMajor.columnMajor(a);
    int stride = Math.max(1, n);
    intW info = new intW(0);
    Lapack.NETLIB.dpotrf("L", n, factor, stride, info);
    if (info.val != 0) {
      return Optional.empty();
    }
    doubleW reciprocal = new doubleW(1);
    Lapack.NETLIB.dpocon(
        "L",
        n,
        factor,
        stride,
        ColumnMajor.oneNorm(a),
        reciprocal,
        new double[3 * stride],
        new int[stride],
        info);
    return Optional.of(new Cholesky(n, factor, reciprocal.val));
  }

  @Override
  public Matrix solve(Matrix b) {
    ColumnMajor.requireHeight(b, n);
    double[] x = ColumnMajor.columnMajor(b);
    int stride = Math.max(1, n);
    Lapack.NETLIB.dpotrs("L", n, b.cols(), factor, stride, x, stride, new intW(0));
    return ColumnMajor.matrix(n, b.cols(), x);
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
