package org.tacit.solver;

import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Nonlinear conjugate gradients: d+ = -g+ + beta d, with y = g+ - g. Two vectors are all it keeps.
 * One pass a trial of the line search. Source: Hager and Zhang, SIAM J. Optim. 16 (2005); Nocedal
 * and Wright, section 5.2; Hestenes and Stiefel 1952, Fletcher and Reeves 1964.
 *
 * @param beta Fletcher and Reeves's recovers slowly from a poor direction; the others notice by y
 * @param search how far to go, {@link StrongWolfe} with c2 below 1/2 for Fletcher and Reeves's
 */
public record NonlinearConjugateGradient(Beta beta, LineSearch search) implements Solver {
  private static final double SMALL = 1e-2;

  /** The formula of beta. */
  public enum Beta {
    /** (y - 2 d |y|^2 / d'y)'g+ / d'y, bounded below: a direction of descent always. */
    HAGER_ZHANG {
      @Override
      double of(Matrix gradient, Descent.Step last) {
        Matrix d = last.direction();
        Matrix y = last.change();
        double dy = d.dot(y);
        double raw = y.plus(-2 * y.dot(y) / dy, d).dot(gradient) / dy;
        double least = -1 / (d.norm() * Math.min(SMALL, last.from().norm()));
        return Math.max(raw, least);
      }
    },
    /** max(0, y'g+ / |g|^2). */
    POLAK_RIBIERE {
      @Override
      double of(Matrix gradient, Descent.Step last) {
        double squared = last.from().dot(last.from());
        return Math.max(0, last.change().dot(gradient) / squared);
      }
    },
    /** |g+|^2 / |g|^2. */
    FLETCHER_REEVES {
      @Override
      double of(Matrix gradient, Descent.Step last) {
        return gradient.dot(gradient) / last.from().dot(last.from());
      }
    },
    /** max(0, y'g+ / d'y). */
    HESTENES_STIEFEL {
      @Override
      double of(Matrix gradient, Descent.Step last) {
        Matrix y = last.change();
        return Math.max(0, y.dot(gradient) / last.direction().dot(y));
      }
    };

    abstract double of(Matrix gradient, Descent.Step last);
  }

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
