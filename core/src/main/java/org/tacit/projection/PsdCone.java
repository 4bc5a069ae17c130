package org.tacit.projection;

import org.tacit.primitive.Var;

/**
 * Symmetric positive semidefinite matrices: (X + |X|) / 2, which keeps the positive eigenvalues of
 * a small symmetric X. Derivative V (T . (V' dX V)) V' with the divided differences T_kl of max(w,
 * 0); at a double zero eigenvalue T_kl = 1/2. Of a matrix that is not symmetric: an error. Cost: an
 * eigendecomposition. Source: Malick and Sendov, Clarke generalized Jacobian of the projection onto
 * the cone of positive semidefinite matrices, 2006.
 */
public record PsdCone() implements Projection {
  @Override
  public Var of(Var point) {
    return MatrixPositive.of(point);
  }
}
