package org.tacit.linsolve;

import java.util.Random;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;

/**
 * The smallest singular value of a regular matrix, as 1 / |A^-1|: from the inverse, because the
 * small values of A itself are lost in the rounding of its large ones.
 */
final class Spectrum {
  /** The largest matrix of which it is computed rather than estimated. */
  static final int EXACT = 256;

  private static final int INVERSE_ITERATIONS = 30;

  private Spectrum() {}

  /** That of a symmetric matrix: its smallest absolute eigenvalue. */
  static double ofSymmetric(Factorisation factorisation, int n) {
    return n > EXACT
        ? estimate(factorisation, n)
        : 1 / Eigenvalues.ofSymmetric(factorisation.solve(Matrix.identity(n))).maxAbs();
  }

  static double ofGeneral(Factorisation factorisation, int n) {
    return n > EXACT
        ? estimate(factorisation, n)
        : 1 / SingularValues.valuesOf(factorisation.solve(Matrix.identity(n))).maxAbs();
  }

  /** By the power method on A^-1 A'^-1 from a seeded start: from above. */
  static double estimate(Factorisation factorisation, int n) {
    Random random = new Random(n);
    Matrix v = Matrix.column(n, i -> random.nextGaussian());
    double norm = 1;
    for (int k = 0; k < INVERSE_ITERATIONS; k++) {
      v = v.times(1 / v.norm());
      Matrix w = factorisation.solveTransposed(v);
      norm = w.norm();
      v = factorisation.solve(w);
    }
    return 1 / norm;
  }
}
