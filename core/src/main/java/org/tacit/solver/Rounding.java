package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * What the rounding of its last operations alone may leave of a residual, so that no tolerance can
 * ask for less. Where F(x) = T(p) - x is the difference of a map and its argument, those are of the
 * size of x and, of a composite problem, of p = x - eta grad f(x):
 *
 * <pre>
 *   |F(x)| = 0 within {@value #UNITS} eps (|x| + eta |grad f(x)|)
 * </pre>
 *
 * <p>So a lasso above or near its largest useful penalty, which starts where F is next to nothing,
 * is solved where it is as good as zero. 0 of other problems, where nothing is known of the size of
 * what F is a difference of. No pass.
 */
interface Rounding {
  int UNITS = 4;

  /** At a point that was evaluated just before. */
  double at(Matrix x);

  static Rounding of(Problem problem) {
    Optional<CompositeProblem> composite = problem.composite();
    return composite
        .<Rounding>map(parts -> x -> parts.knows(x) ? UNITS * Math.ulp(1.0) * size(parts.at(x)) : 0)
        .orElseGet(() -> x -> problem.mirror().isPresent() ? UNITS * Math.ulp(1.0) * x.norm() : 0);
  }

  private static double size(CompositeProblem.Point at) {
    return at.x().norm() + at.step() * at.gradient().norm();
  }
}
