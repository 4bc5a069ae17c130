package org.tacit.solver;

import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/**
 * What rounding alone may leave of a residual, so that no tolerance can ask for less. Of F(x) =
 * prox(p) - x, p = x - eta grad f(x), it is what x and p are rounded by:
 *
 * <pre>
 *   u |x| + |prox((1 + u/2) p) - prox((1 - u/2) p)|      u = {@value #UNITS} eps
 * </pre>
 *
 * <p>So a lasso at or just below its largest useful penalty, which starts where F is next to
 * nothing, is solved where that is as good as zero. Of mirror descent's F(x) = T(x) - x it is u
 * |x|; of other problems, where nothing is known of the size of what F is a difference of, 0. No
 * pass.
 */
interface Rounding {
  int UNITS = 4;

  /** At a point that was evaluated just before; 0 where the residual's norm is more. */
  double at(Matrix x, double norm);

  static Rounding of(Problem problem) {
    if (problem.as(MirrorProblem.class).isPresent()) {
      return (x, norm) -> UNITS * Math.ulp(1.0) * x.norm();
    }
    return problem
        .as(CompositeProblem.class)
        .<Rounding>map(parts -> (x, norm) -> parts.knows(x) ? of(parts, x, norm) : 0)
        .orElse((x, norm) -> 0);
  }

  private static double of(CompositeProblem problem, Matrix x, double norm) {
    double unit = UNITS * Math.ulp(1.0);
    Problem.Point at = problem.at(x);
    Matrix p = x.plus(-at.step(), at.gradient());
    if (!(norm <= unit * (x.norm() + p.norm()))) {
      return 0;
    }
    Matrix above = problem.prox(p.times(1 + unit / 2), at.step());
    Matrix below = problem.prox(p.times(1 - unit / 2), at.step());
    return unit * x.norm() + above.minus(below).norm();
  }
}
