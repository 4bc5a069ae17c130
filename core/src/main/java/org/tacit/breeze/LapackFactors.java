package org.tacit.breeze;

import java.util.Arrays;
import java.util.Optional;
import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * A square matrix as LAPACK has factorised it.
 *
 * @param solve by its factors
 */
record LapackFactors(int n, double reciprocalCondition, Solve solve) implements Factorisation {
  /** A x = b ("N") or A' x = b ("T") in the place of b, n x cols, column after column. */
  private interface Solve {
    void inPlace(String transposition, double[] x, int cols);
  }

  /** {@link Factorisation#cholesky}: dpotrf, dpotrs, dpocon. */
  static Optional<Factorisation> cholesky(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    intW info = new intW(a.isFinite() ? 0 : 1);
    if (info.val == 0) {
      Lapack.NETLIB.dpotrf("L", n, factor, stride, info);
    }
    if (info.val != 0) {
      return Optional.empty();
    }
    doubleW rcond = new doubleW(1);
    double norm = ColumnMajor.oneNorm(a);
    double[] work = new double[3 * stride];
    Lapack.NETLIB.dpocon("L", n, factor, stride, norm, rcond, work, new int[stride], info);
    return Optional.of(
        new LapackFactors(
            n,
            rcond.val,
            (t, x, cols) ->
                Lapack.NETLIB.dpotrs("L", n, cols, factor, stride, x, stride, new intW(0))));
  }

  /** {@link Factorisation#lu}: dgetrf, dgetrs, dgecon. */
  static Factorisation lu(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    int[] pivots = new int[n];
    intW info = new intW(0);
    Lapack.NETLIB.dgetrf(n, n, factor, stride, pivots, info);
    doubleW rcond = new doubleW(0);
    if (info.val == 0 && a.isFinite()) {
      double norm = ColumnMajor.oneNorm(a);
      double[] work = new double[4 * stride];
      Lapack.NETLIB.dgecon("1", n, factor, stride, norm, rcond, work, new int[stride], info);
    }
    return new LapackFactors(
        n,
        rcond.val,
        (t, x, cols) ->
            Lapack.NETLIB.dgetrs(t, n, cols, factor, stride, pivots, x, stride, new intW(0)));
  }

  /**
   * P A P' = L D L' of a symmetric, maybe indefinite matrix, of which the lower triangle is read; D
   * has blocks of one and two; n^3 / 3 operations, half of LU's. A matrix with a block of exactly
   * zero has reciprocal condition 0, and its solves are infinite or NaN. Source: LAPACK's dsytrf,
   * dsytrs, dsycon; Golub and Van Loan, section 4.4.
   */
  static Factorisation symmetric(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    int[] pivots = new int[n];
    double[] work = new double[64 * stride];
    intW info = new intW(0);
    Lapack.NETLIB.dsytrf("L", n, factor, stride, pivots, work, work.length, info);
    doubleW rcond = new doubleW(0);
    if (info.val == 0 && a.isFinite()) {
      double norm = ColumnMajor.oneNorm(a);
      Lapack.NETLIB.dsycon(
          "L", n, factor, stride, pivots, norm, rcond, work, new int[stride], info);
    }
    return new LapackFactors(
        n,
        rcond.val,
        (t, x, cols) -> {
          Lapack.NETLIB.dsytrs("L", n, cols, factor, stride, pivots, x, stride, new intW(0));
          for (int i = 0; i < x.length; i++) {
            x[i] += 0.0; // Negative pivots make -0 of 0.
          }
        });
  }

  /**
   * A = Q R by reflections, for any square matrix; 4 n^3 / 3 operations. Twice the work of LU, and
   * no growth of elements. A zero on R's diagonal makes the reciprocal condition 0, and solves
   * infinite or NaN. Source: LAPACK's dgeqrf, dormqr, dtrtrs, dtrcon; Golub and Van Loan, section
   * 5.2.
   */
  static Factorisation qr(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] factor = ColumnMajor.columnMajor(a);
    double[] reflections = new double[n];
    double[] work = new double[64 * stride];
    intW info = new intW(0);
    Lapack.NETLIB.dgeqrf(n, n, factor, stride, reflections, work, work.length, info);
    doubleW rcond = new doubleW(n == 0 ? 1 : 0);
    if (n > 0 && a.isFinite()) {
      Lapack.NETLIB.dtrcon("1", "U", "N", n, factor, stride, rcond, work, new int[stride], info);
    }
    return new LapackFactors(
        n,
        rcond.val,
        (t, x, cols) -> {
          if (t.equals("N")) {
            reflect("T", factor, reflections, x, cols);
            triangle(t, factor, x, cols);
          } else {
            triangle(t, factor, x, cols);
            reflect("N", factor, reflections, x, cols);
          }
        });
  }

  /** x = Q x, or Q'x. */
  private static void reflect(String t, double[] factor, double[] reflections, double[] x, int k) {
    int n = reflections.length;
    int stride = Math.max(1, n);
    double[] work = new double[64 * Math.max(1, k)];
    Lapack.NETLIB.dormqr(
        "L", t, n, k, n, factor, stride, reflections, x, stride, work, work.length, new intW(0));
  }

  /** x = R^-1 x, or R'^-1 x. */
  private static void triangle(String t, double[] factor, double[] x, int cols) {
    int n = cols == 0 ? 0 : x.length / cols;
    int stride = Math.max(1, n);
    intW info = new intW(0);
    Lapack.NETLIB.dtrtrs("U", t, "N", n, cols, factor, stride, x, stride, info);
    if (info.val > 0) {
      Arrays.fill(x, Double.NaN);
    }
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
    solve.inPlace(transposition, x, b.cols());
    return ColumnMajor.matrix(n, b.cols(), x);
  }
}
