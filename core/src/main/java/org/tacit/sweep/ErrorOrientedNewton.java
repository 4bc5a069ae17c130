package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Newton's method from where F is within its tolerance to where the minimum of a strongly convex
 * objective is near, which is measured by the step,
 *
 * <pre>
 *   x &lt;- x - t A(x)^-1 F(x)    until |A(x)^-1 F(x)| is a small part of |x|
 * </pre>
 *
 * A being the Hessian of every x, and t halved until the minimum along the step is not passed by
 * far. Where the objective is so flat that the steps do not become short, the solution is not
 * trusted. Cost: two passes a step; none where a solve has left little of F by its last step, as
 * Newton's method does near a regular minimum.
 *
 * <p>Source: Deuflhard, Newton Methods for Nonlinear Problems, section 2.1.
 */
final class ErrorOrientedNewton {
  private static final int MOST_STEPS = 40;
  private static final int HALVINGS = 30;

  /** A last step that left less of F than this part went to the minimum. */
  private static final double LEAP = 1e-5;

  /** The slope at the end of a step may be this part of that at its begin, upwards. */
  private static final double PASSED = 0.5;

  private final Problem problem;
  private final FoldResidual residual;
  private final ChordSteps.Enough enough;
  private final List<Double> history = new ArrayList<>();
  private Matrix x;
  private Matrix f;
  private Nearby left = Nearby.NOTHING;
  private int passes;

  ErrorOrientedNewton(Problem problem, FoldResidual residual, ChordSteps.Enough enough) {
    this.problem = problem;
    this.residual = residual;
    this.enough = enough;
  }

  /** A solution to the tolerance of |F| alone, with what is known of its error besides. */
  Solution assured(Solution found) {
    if (!found.outcome().isConverged() || isLeapt(found)) {
      return found;
    }
    double ahead = Double.POSITIVE_INFINITY;
    try {
      x = found.value();
      f = residual.at(x);
      passes++;
      ahead = steps(enough.until().maxIterations() - found.iterations());
    } catch (NotANumberException overflow) {
      passes++;
    }
    boolean isNear = ahead <= enough.most() && f.norm() <= enough.residual();
    return isNear
        ? ended(found, Outcome.CONVERGED)
        : ended(found, Outcome.NOT_TRUSTED).because(enough.reason(ahead));
  }

  private static boolean isLeapt(Solution found) {
    List<Double> norms = found.history();
    int last = norms.size() - 1;
    return found.residualNorm() == 0 || (last > 0 && norms.get(last) <= LEAP * norms.get(last - 1));
  }

  /** The part of x that the next step is, where steps have ended. */
  private double steps(int most) {
    double ahead = Double.POSITIVE_INFINITY;
    for (int taken = 0; taken <= Math.min(most, MOST_STEPS); taken++) {
      Optional<Matrix> step = step();
      if (step.isEmpty()) {
        return Double.POSITIVE_INFINITY;
      }
      ahead = step.get().norm() / x.norm();
      if ((ahead <= enough.step() && f.norm() <= enough.residual()) || !isTaken(step.get())) {
        break;
      }
    }
    return ahead;
  }

  private Optional<Matrix> step() {
    passes++;
    left = problem.wholeJacobian(x).map(DenseOperator::matrix).map(Nearby::of).orElse(left);
    return left.knows(x.rows()) ? Optional.of(left.solve(f)) : Optional.empty();
  }

  private boolean isTaken(Matrix step) {
    double slope = f.dot(step);
    double t = 1;
    for (int halved = 0; halved < HALVINGS; halved++, t /= 2) {
      Matrix point = x.plus(-t, step);
      Optional<Matrix> there = at(point);
      if (there.filter(r -> r.dot(step) >= -PASSED * slope).isPresent()) {
        x = point;
        f = there.get();
        history.add(f.norm());
        return true;
      }
    }
    return false;
  }

  private Optional<Matrix> at(Matrix point) {
    passes++;
    return NotANumberException.orNothing(() -> Optional.of(residual.at(point)))
        .filter(Matrix::isFinite);
  }

  private Solution ended(Solution found, Outcome outcome) {
    List<Double> whole = new ArrayList<>(found.history());
    whole.addAll(history);
    double norm = f == null ? found.residualNorm() : f.norm();
    double scale = found.residualNorm() / found.relativeResidual();
    return new Solution(
        x,
        outcome,
        found.method(),
        found.iterations() + history.size(),
        norm,
        Double.isFinite(scale) && scale > 0 ? norm / scale : 0,
        found.smallestEigenvalue(),
        found.passes() + passes,
        whole,
        left,
        Optional.empty());
  }
}
