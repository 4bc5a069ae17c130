package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#steepestDescent}. */
record SteepestDescent(LineSearch search) implements Solver {
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
