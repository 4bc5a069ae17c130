package org.tacit.breeze;

import java.util.Optional;
import org.tacit.matrix.Matrix;

/** A factorised square matrix A of n x n, ready to solve systems. Immutable. */
public interface Factorisation {
  /** X with A X = B, for B of n x k. */
  Matrix solve(Matrix b);

  /** X with A' X = B. */
  Matrix solveTransposed(Matrix b);

  /** An estimate of 1 / (|A| |A^-1|) in the 1-norm (the SVD: in the 2-norm); 0 when singular. */
  double reciprocalCondition();

  /** A = L L' of a symmetric positive definite matrix; nothing when it is not. */
  static Optional<Factorisation> cholesky(Matrix a) {
    return Cholesky.of(a).map(found -> found);
  }

  /** P A = L U with partial pivoting, of any square matrix. */
  static Factorisation lu(Matrix a) {
    return Lu.of(a);
  }
}
