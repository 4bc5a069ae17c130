package org.tacit.solver;

import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;

/** The factorised linear system of one iteration of {@link InteriorPoint}. */
record InteriorSystem(Factorisation factorisation) {
  /**
   * From the Jacobian of F at a point: its last rows, lam_i times the gradient of G_i, become that
   * gradient, which its last columns hold, and their diagonal -s_i / lam_i.
   */
  static InteriorSystem of(Matrix jacobian, InteriorState at) {
    int n = jacobian.rows();
    int free = at.free();
    double[] k = jacobian.toArray();
    for (int i = free; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i * n + j] = j < free ? k[j * n + i] : 0;
      }
      k[i * n + i] = -at.slacks().at(i - free) / at.x().at(i);
    }
    Matrix matrix = Matrix.adopting(n, n, k);
    Factorisation lu = Factorisation.scaledLu(matrix);
    boolean isRegular = lu.reciprocalCondition() > 0;
    return new InteriorSystem(isRegular ? lu : SingularValues.of(matrix));
  }

  /** The direction that takes lam o s to lam o s - {@code products}, to first order. */
  InteriorState.Direction direction(InteriorState at, Matrix products) {
    Matrix lam = at.multipliers();
    Matrix share = products.with(lam, (product, multiplier) -> product / multiplier);
    Matrix gap = at.g().plus(at.slacks()).minus(share);
    double[] right = at.residual().toArray();
    for (int i = 0; i < gap.rows(); i++) {
      right[at.free() + i] = gap.at(i);
    }
    Matrix x = factorisation.solve(Matrix.adopting(right.length, 1, right)).times(-1);
    Matrix dLam = at.last(x);
    Matrix ratio = at.slacks().with(lam, (s, multiplier) -> s / multiplier);
    Matrix ds = share.plus(ratio.with(dLam, (a, b) -> a * b)).times(-1);
    return new InteriorState.Direction(x, dLam, ds);
  }
}
