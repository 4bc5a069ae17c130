package org.tacit.breeze;

import org.netlib.util.intW;
import org.tacit.matrix.Lapack;
import org.tacit.matrix.Matrix;

/** Eigenvalues of symmetric matrices, ascending, as n x 1. */
public final class Eigenvalues {
  private Eigenvalues() {}

  /**
   * Those of a symmetric matrix, of which the lower triangle is read; 4 n^3 / 3 operations. Source:
   * LAPACK's dsyev.
   */
  public static Matrix ofSymmetric(Matrix a) {
    ColumnMajor.requireSquare(a);
    int n = a.rows();
    double[] values = new double[n];
    double[] work = new double[Math.max(1, 34 * n)];
    intW info = new intW(0);
    Lapack.NETLIB.dsyev(
        "N", "L", n, ColumnMajor.columnMajor(a), Math.max(1, n), values, work, work.length, info);
    return converged(values, info);
  }

  /**
   * Those of the symmetric tridiagonal matrix with this diagonal (n numbers) and these numbers
   * beside it (n - 1); O(n^2) operations. Source: LAPACK's dsterf.
   */
  public static Matrix ofTridiagonal(double[] diagonal, double[] beside) {
    double[] values = diagonal.clone();
    intW info = new intW(0);
    Lapack.NETLIB.dsterf(values.length, values, beside.clone(), info);
    return converged(values, info);
  }

  private static Matrix converged(double[] values, intW info) {
    if (info.val != 0) {
      throw new ArithmeticException(
          "LAPACK's eigenvalues did not converge: info "
              + info.val
              + " (look for infinite or NaN elements)");
    }
    return Matrix.adopting(values.length, 1, values);
  }
}
