package org.tacit.solver;

import org.tacit.matrix.Matrix;

/** The directions and first lengths of {@link Minimiser#steepestDescent}. */
record BarzilaiBorwein() implements Descent.Rule {
  /** The highest of so many values is one that the next may have. */
  static final int KEPT = 10;

  private static final double GROWTH = 10;

  @Override
  public Matrix direction(Matrix gradient, Descent.Step last) {
    return gradient.times(-1);
  }

  @Override
  public double length(Matrix gradient, Matrix direction, Descent.Step last) {
    double curvature = last.direction().dot(last.change());
    double squared = last.direction().dot(last.direction());
    double longest = GROWTH * last.t() * last.direction().norm() / gradient.norm();
    return curvature > 0 ? last.t() * squared / curvature : longest;
  }
}
