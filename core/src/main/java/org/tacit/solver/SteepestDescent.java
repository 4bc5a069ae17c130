package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Gradient descent x - t grad f(x) with a line search whose first length is that of Barzilai and
 * Borwein, s's / s'y of the last step s and change of gradient y. Values may climb to the highest
 * of the last {@value #KEPT}, as those lengths need. One pass a trial, mostly one a step. Source:
 * Raydan, SIAM J. Optim. 7 (1997).
 */
public record SteepestDescent(LineSearch search) implements Solver {
  private static final int KEPT = 10;
  private static final double GROWTH = 10;

  /** With {@link Backtracking}. */
  public static SteepestDescent of() {
    return new SteepestDescent(Backtracking.of());
  }

  @Override
  public String name() {
    return "gradient descent";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    return new Descent(new BarzilaiBorwein(), search, KEPT).solve(name(), problem, start, stopping);
  }

  private record BarzilaiBorwein() implements Descent.Rule {
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
}
