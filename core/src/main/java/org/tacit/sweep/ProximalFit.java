package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.pass.NotANumberException;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * The minimum of a convex composite objective near a start, by proximal chord steps. Its error is
 * about
 *
 * <pre>
 *   |x_k - x_k-1| |F(x_k)| / |F(x_k-1)|
 * </pre>
 *
 * by the last step; where that is no small part of |x|, as where there is little curvature, the
 * next step by a Hessian of its own tells, and chord steps with it go on to more digits while that
 * is long. A lasso or an elastic net for which it stays long is not trusted.
 *
 * <p>Cost: a pass a step; one more for each Hessian, of which there is none where the last step was
 * short, or none was taken and that from the start is short by the Hessian that is known.
 */
final class ProximalFit {
  private static final int MOST_HESSIANS = 8;

  /** Fewer digits more than this are not worth a Hessian. */
  private static final double FURTHER = 0.1;

  private static final double MOST_FURTHER = 1e-4;

  private final CompositeProblem problem;
  private final ChordSteps.Enough enough;
  private Optional<Matrix> last = Optional.empty();
  private double lastNorm;
  private double expected = Double.POSITIVE_INFINITY;

  ProximalFit(CompositeProblem problem, ChordSteps.Enough enough) {
    this.problem = problem;
    this.enough = enough;
  }

  /** With a Hessian of f near the solution; what it comes to may not have converged. */
  Solution from(Matrix start, Matrix hessian) {
    Stopping until = enough.until().withListener(this::moved);
    Solution found = CompositeMinimiser.chords(hessian).solve(problem, start, until);
    boolean isStart = found.value().equals(start) && found.outcome().isConverged();
    return isStart && ahead(start, hessian) <= enough.step() ? found : assured(found);
  }

  private void moved(Solver.Iteration at) {
    double norm = at.residual().norm();
    last.filter(before -> !before.equals(at.x()))
        .ifPresent(
            before -> expected = at.x().minus(before).norm() / at.x().norm() * norm / lastNorm);
    last = Optional.of(at.x());
    lastNorm = norm;
  }

  /** A solution to the tolerance of |F| alone, with what is known of its error besides. */
  Solution assured(Solution found) {
    boolean isKnown = found.residualNorm() == 0 || found.value().norm() == 0;
    return !found.outcome().isConverged() || isKnown || expected <= enough.most()
        ? found
        : closer(found);
  }

  private Solution closer(Solution found) {
    Solution at = found;
    double ahead = Double.POSITIVE_INFINITY;
    try {
      for (int taken = 0; taken < MOST_HESSIANS; taken++) {
        Matrix own = problem.wholeHessian(at.value()).matrix();
        ahead = ahead(at.value(), own);
        if (ahead <= enough.most()) {
          return at;
        }
        double part = Math.max(MOST_FURTHER, Math.min(FURTHER, FURTHER * enough.most() / ahead));
        Stopping until = enough.until().withTolerances(0, part * at.residualNorm());
        Solution next = CompositeMinimiser.chords(own).solve(problem, at.value(), until);
        boolean isFurther = next.residualNorm() < at.residualNorm();
        at = isFurther ? after(at, next) : at;
        if (!isFurther) {
          break;
        }
      }
    } catch (NotANumberException overflow) {
      ahead = Double.POSITIVE_INFINITY;
    }
    return ended(at, Outcome.NOT_TRUSTED).because(enough.reason(ahead));
  }

  /** The next step's part of x; none where models have no such minimiser. */
  private double ahead(Matrix x, Matrix hessian) {
    return CompositeMinimiser.step(problem, problem.at(x), hessian)
        .map(there -> there.minus(x).norm() / x.norm())
        .orElse(0.0);
  }

  private static Solution ended(Solution at, Outcome outcome) {
    return new Solution(
        at.value(),
        outcome,
        at.method(),
        at.iterations(),
        at.residualNorm(),
        at.relativeResidual(),
        at.smallestEigenvalue(),
        at.passes(),
        at.history(),
        at.nearby(),
        Optional.empty());
  }

  private static Solution after(Solution first, Solution second) {
    List<Double> whole = new ArrayList<>(first.history());
    whole.addAll(second.history());
    return ended(second, Outcome.CONVERGED)
        .costing(
            first.iterations() + second.iterations(), 1 + first.passes() + second.passes(), whole);
  }
}
