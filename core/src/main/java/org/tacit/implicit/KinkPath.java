package org.tacit.implicit;

import java.util.Map;
import java.util.Random;
import org.tacit.matrix.Matrix;

/**
 * Where a solution goes when theta moves.
 *
 * @param dtheta the tangent, or of a reverse derivative a seeded direction in which every element
 *     of theta moves by its size
 * @param dx the solution's derivative along it
 */
record KinkPath(Matrix dtheta, Matrix dx) {
  private static final long SEED = 20210531;

  static KinkPath of(
      DerivativeEquations equations, ImplicitSolution solution, Map<String, Matrix> point) {
    if (!equations.isTransposed()) {
      return new KinkPath(point.get("tangent"), point.get("w"));
    }
    Matrix along = direction(solution.theta());
    return new KinkPath(along, solution.jvp(along).value());
  }

  private static Matrix direction(Matrix theta) {
    Random random = new Random(SEED);
    Matrix sizes = Displacement.sizes(theta);
    return theta.size() == 1 ? sizes : sizes.map(v -> v * Displacement.signed(random));
  }

  boolean isFinite() {
    return Double.isFinite(1 / dtheta.maxAbs()) && dx.isFinite();
  }

  /** As long that the largest element of theta moves by so much. */
  KinkPath ofLength(double length) {
    double factor = length / dtheta.maxAbs();
    return new KinkPath(dtheta.times(factor), dx.times(factor));
  }
}
