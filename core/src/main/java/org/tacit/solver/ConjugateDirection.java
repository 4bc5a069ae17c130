package org.tacit.solver;

import org.tacit.matrix.Matrix;

/** The directions and first lengths of {@link Minimiser#nonlinearConjugateGradient}. */
record ConjugateDirection(Minimiser.Beta beta) implements Descent.Rule {
  @Override
  public Matrix direction(Matrix gradient, Descent.Step last) {
    double factor = beta.of(gradient, last);
    return last.direction().times(Double.isFinite(factor) ? factor : 0).minus(gradient);
  }

  /** The minimiser along the direction, of the quadratic that the last step saw. */
  @Override
  public double length(Matrix gradient, Matrix direction, Descent.Step last) {
    double curvature = last.direction().dot(last.change()) / last.t();
    double squared = last.direction().dot(last.direction());
    double here = direction.dot(direction);
    return curvature > 0
        ? -gradient.dot(direction) * squared / (curvature * here)
        : 2 * last.t() * Math.sqrt(squared / here);
  }
}
