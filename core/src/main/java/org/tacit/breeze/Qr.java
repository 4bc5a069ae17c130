package org.tacit.breeze;

import java.util.Arrays;
import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * A = Q R by reflections, for any square matrix; 4 n^3 / 3 operations. Twice the work of {@link
 * Lu}, and no growth of elements. A zero on R's diagonal makes the reciprocal condition 0, and
 * solves infinite or NaN. Source: LAPACK's dgeqrf, dormqr, dtrtrs, dtrcon; Golub and Van Loan,
 * section 5.2.
 */
final class Qr implements Factorisation {
  private final int n;
  private final double[] factor;
  private final double[] reflections;
  private final double reciprocalCondition;

  private Qr(int n, double[] factor, double[] reflections, double reciprocalCondition) {
    this.n = n;
    this.factor = factor;
    this.reflections = reflections;
    this.reciprocalCondition = reciprocalCondition;
  }

  static Qr of(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    double[] reflections = new double[n];
    double[] work = new double[64 * stride];
    intW info = new intW(0);
    Lapack.NETLIB.dgeqrf(n, n, factor, stride, reflections, work, work.length, info);
    doubleW reciprocal = new doubleW(n == 0 ? 1 : 0);
    if (n > 0 && a.isFinite()) {
      Lapack.NETLIB.dtrcon(
          "1",
          "U",
          "N",
          n,
          factor,
          stride,
          reciprocal,
          new double[3 * stride],
          new int[stride],
          info);
    }
    return new Qr(n, factor, reflections, reciprocal.val);
  }

  @Override
  public Matrix solve(Matrix b) {
    ColumnMajor.requireHeight(b, n);
    double[] x = ColumnMajor.columnMajor(b);
    reflect("T", x, b.cols());
    triangle("N", x, b.cols());
    return ColumnMajor.matrix(n, b.cols(), x);
  }

  @Override
  public Matrix solveTransposed(Matrix b) {
    ColumnMajor.requireHeight(b, n);
    double[] x = ColumnMajor.columnMajor(b);
    triangle("T", x, b.cols());
    reflect("N", x, b.cols());
    return ColumnMajor.matrix(n, b.cols(), x);
  }

  /** x = Q x, or Q'x. */
  private void reflect(String transposition, double[] x, int cols) {
    int stride = Math.max(1, n);
    double[] work = new double[64 * Math.max(1, cols)];
    Lapack.NETLIB.dormqr(
        "L",
        transposition,
        n,
        cols,
        n,
        factor,
        stride,
        reflections,
        x,
        stride,
        work,
        work.length,
        new intW(0));
  }

  /** x = R^-1 x, or R'^-1 x. */
  private void triangle(String transposition, double[] x, int cols) {
    int stride = Math.max(1, n);
    intW info = new intW(0);
    Lapack.NETLIB.dtrtrs("U", transposition, "N", n, cols, factor, stride, x, stride, info);
    if (info.val > 0) {
      Arrays.fill(x, Double.NaN);
    }
  }

  @Override
  public double reciprocalCondition() {
    return reciprocalCondition;
  }
}
