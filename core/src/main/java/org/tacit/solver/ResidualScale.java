package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Problem;

/**
 * |F| at some point, which tolerances of solves from other points are relative to. Where F has an
 * automatic step, |F| is about proportional to it, and each solve has its own: what a tolerance is
 * relative to is then
 *
 * <pre>
 *   |F| eta' / eta
 * </pre>
 *
 * eta being the step of this |F| and eta' that of the solve. No pass.
 *
 * @param norm |F|
 * @param step eta; 1 where F has no automatic step
 */
public record ResidualScale(double norm, double step) {
  /** At a point of a problem that is bound with this step. One pass. */
  public static ResidualScale at(Matrix x, Problem problem, AnchoredStep step) {
    double norm = problem.evaluate(x).residual().norm();
    return new ResidualScale(norm, step.length());
  }

  /** What it comes to by a step of 1. */
  public double perStep() {
    return norm / step;
  }

  double by(AnchoredStep other) {
    return perStep() * other.length();
  }

  /** The residual of a solution by the same step, relative to it. */
  public double relative(Solution solution) {
    return norm == 0 ? 0 : solution.residualNorm() / norm;
  }
}
