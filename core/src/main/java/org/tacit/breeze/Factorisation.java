package org.tacit.breeze;

import java.util.Optional;
import org.tacit.matrix.Matrix;

/**
 * A factorised square matrix A of n x n, ready to solve systems. Immutable.
 *
 * <p>Those that are scaled are factorisations of S = R A C, where the diagonal matrices R and C
 * even out the scales of rows and columns, so that columns of data in different units do not look
 * singular; the reciprocal condition is that of S. Source: Golub and Van Loan, section 3.5.2; van
 * der Sluis 1969.
 */
public interface Factorisation {
  /** X with A X = B, for B of n x k. */
  Matrix solve(Matrix b);

  /** X with A' X = B. */
  Matrix solveTransposed(Matrix b);

  /** An estimate of 1 / (|A| |A^-1|) in the 1-norm (the SVD: in the 2-norm); 0 when singular. */
  double reciprocalCondition();

  /**
   * A = L L' of a symmetric positive definite matrix, of which the lower triangle is read; n^3 / 3
   * operations. Nothing when a pivot is not positive. Source: LAPACK; Golub and Van Loan, section
   * 4.2.
   */
  static Optional<Factorisation> cholesky(Matrix a) {
    return LapackFactors.cholesky(a);
  }

  /**
   * P A = L U with partial pivoting, for any square matrix; 2 n^3 / 3 operations. A matrix with a
   * pivot of exactly zero has reciprocal condition 0, and its solves are infinite or NaN. Source:
   * LAPACK; Golub and Van Loan, section 3.4.
   */
  static Factorisation lu(Matrix a) {
    return LapackFactors.lu(a);
  }

  /** Cholesky of A scaled to a diagonal near one; nothing when A is not positive definite. */
  static Optional<Factorisation> scaledCholesky(Matrix a) {
    return Equilibrated.cholesky(a);
  }

  /** LU of A scaled to rows, then columns, whose largest elements are near one. */
  static Factorisation scaledLu(Matrix a) {
    return Equilibrated.general(a, LapackFactors::lu);
  }

  /** As {@link #scaledLu}, by reflections, A = Q R; 4 n^3 / 3 operations, no growth of elements. */
  static Factorisation scaledQr(Matrix a) {
    return Equilibrated.general(a, LapackFactors::qr);
  }

  /**
   * L D L' of a symmetric A scaled alike from both sides until the largest element of every row is
   * near one. Source: Ruiz 2001.
   */
  static Factorisation scaledSymmetric(Matrix a) {
    return Equilibrated.symmetric(a);
  }
}
