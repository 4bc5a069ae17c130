package org.tacit.breeze;

import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/**
 * The singular value decomposition A = U diag(s) V' of a square matrix, s descending; about 20 n^3
 * operations. Its solves are the least-squares solutions of smallest norm: V diag(s+) U' b, where
 * s+ = 1/s above n eps s_1 and 0 below. Source: LAPACK's dgesvd; Golub and Van Loan, section 5.5.
 *
 * @param left U, the left singular vectors, n x n
 * @param values s, descending, n x 1
 * @param vTransposed V', n x n
 */
public record SingularValues(Matrix left, Matrix values, Matrix vTransposed)
    implements Factorisation {
  /** The decomposition; LAPACK fails on a matrix that is not finite, and so does this. */
  public static SingularValues of(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    double[] u = new double[n * n];
    double[] v = new double[n * n];
    double[] s = decompose(a, "A", u, v);
    return new SingularValues(
        ColumnMajor.matrix(n, n, u), Matrix.adopting(n, 1, s), ColumnMajor.matrix(n, n, v));
  }

  /** The singular values alone, descending, n x 1. */
  public static Matrix valuesOf(Matrix a) {
    ColumnMajor.requireSquare(a);
    return Matrix.adopting(a.rows(), 1, decompose(a, "N", new double[1], new double[1]));
  }

  private static double[] decompose(Matrix a, String job, double[] u, double[] v) {
    if (!a.isFinite()) {
      throw new IllegalArgumentException("Invalid matrix: an element is infinite or not a number");
    }
    int n = a.rows();
    int stride = Math.max(1, n);
    double[] s = new double[n];
    double[] work = new double[Math.max(1, 32 * n)];
    intW info = new intW(0);
    Lapack.NETLIB.dgesvd(
        job,
        job,
        n,
        n,
        ColumnMajor.columnMajor(a),
        stride,
        s,
        u,
        stride,
        v,
        stride,
        work,
        work.length,
        info);
    if (info.val != 0) {
      throw new ArithmeticException("LAPACK's dgesvd did not converge: info " + info.val);
    }
    return s;
  }

  /** The number of singular values above n eps times the largest. */
  public int rank() {
    int rank = 0;
    while (rank < values.rows() && values.at(rank) > negligible()) {
      rank++;
    }
    return rank;
  }

  private double negligible() {
    return values.rows() == 0 ? 0 : values.rows() * Math.ulp(1.0) * values.at(0);
  }

  @Override
  public Matrix solve(Matrix b) {
    return vTransposed.transpose().times(scaled(left.transpose().times(b)));
  }

  @Override
  public Matrix solveTransposed(Matrix b) {
    return left.times(scaled(vTransposed.times(b)));
  }

  private Matrix scaled(Matrix coordinates) {
    int rank = rank();
    return Matrix.tabulate(
        coordinates.rows(),
        coordinates.cols(),
        (i, j) -> i < rank ? coordinates.at(i, j) / values.at(i) : 0);
  }

  @Override
  public double reciprocalCondition() {
    int n = values.rows();
    return n == 0 ? 1 : values.at(0) == 0 ? 0 : values.at(n - 1) / values.at(0);
  }
}
