package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#nonlinearConjugateGradient}. */
record NonlinearConjugateGradient(Beta beta, LineSearch search) implements Solver {
  /** Beta and line search of Hager and Zhang. */
  public static NonlinearConjugateGradient of() {
    return new NonlinearConjugateGradient(Beta.HAGER_ZHANG, HagerZhang.of());
  }

  /** Another beta, with the line search of Hager and Zhang. */
  public static NonlinearConjugateGradient of(Beta beta) {
    return new NonlinearConjugateGradient(beta, HagerZhang.of());
  }

  @Override
  public String name() {
    return "nonlinear cg";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    return new Descent(new Conjugate(beta), search, 1).solve(name(), problem, start, stopping);
  }

  private record Conjugate(Beta beta) implements Descent.Rule {
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
}
