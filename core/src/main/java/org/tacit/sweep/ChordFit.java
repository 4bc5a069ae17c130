package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;
import org.tacit.solver.Solver;

/**
 * The minimum of a strongly convex objective near a start, by {@link ChordSteps}. Where these
 * contract too slowly a Hessian of its own takes the factors' place; where that does not help, the
 * ordinary solver goes on. Where x still moves at the end, whatever the residual is, as where an
 * objective falls for ever, the ordinary solver begins anew, which watches for that, and {@link
 * ErrorOrientedNewton} goes on. All of them together take no more steps than a solve may.
 *
 * <p>Cost: a pass a step; two where a Hessian is taken.
 */
final class ChordFit {
  private static final int MOST_HESSIANS = 8;

  private final Problem problem;
  private final FoldResidual residual;
  private final Solver otherwise;
  private final ChordSteps.Enough enough;
  private final Matrix cold;
  private final Supplier<Nearby> known;
  private Optional<Nearby> held = Optional.empty();
  private int hessians;

  /**
   * Of a problem, to an absolute tolerance.
   *
   * @param residual the problem's F
   * @param known the factors of a Hessian near that of the solution, asked for before the first
   *     step
   * @param otherwise the ordinary solve
   */
  ChordFit(Problem problem, FoldResidual residual, Supplier<Nearby> known, Ordinary otherwise) {
    this.problem = problem;
    this.residual = residual;
    this.known = known;
    this.otherwise = otherwise.solver();
    this.enough = otherwise.enough();
    this.cold = otherwise.start();
  }

  /**
   * A solve from where nothing is known, to an absolute tolerance.
   *
   * @param enough what chord steps end at, which holds that tolerance
   */
  record Ordinary(Solver solver, Matrix start, ChordSteps.Enough enough) {}

  /** By factors that are there: it leaves them, also where it takes no step. */
  ChordFit holding(Nearby there) {
    held = Optional.of(there);
    return this;
  }

  Solution from(Matrix start) {
    try {
      return after(begun(start, residual.at(start)));
    } catch (NotANumberException overflow) {
      return otherwise(start);
    }
  }

  /** The same where the start is expected to be the solution. */
  Solution fromSolution(Matrix start) {
    try {
      return after(begun(start, residual.atSolution(start)).trusted());
    } catch (NotANumberException overflow) {
      return otherwise(start);
    }
  }

  private ChordSteps begun(Matrix start, Matrix f) {
    ChordSteps steps = steps(start, f);
    steps.spend(1);
    return steps;
  }

  private ChordSteps steps(Matrix start, Matrix f) {
    ChordSteps steps = new ChordSteps(enough, known, start, f);
    held.ifPresent(steps::goOnWith);
    return steps;
  }

  /** The same where F is known there. */
  Solution from(Matrix start, Matrix f) {
    return after(steps(start, f));
  }

  /** After the steps so far. */
  Solution after(ChordSteps steps) {
    while (steps.isGoing()) {
      boolean isSlow = steps.isSlow();
      if ((isSlow && !takeHessian(steps)) || steps.isFound()) {
        break;
      }
      Matrix point = steps.stepped();
      if (!steps.isLess(point, residual(steps, point)) && isSlow) {
        break;
      }
    }
    return steps.isFound() || steps.isFoundToRounding() ? steps.found() : otherwise(steps);
  }

  private Optional<Matrix> residual(ChordSteps steps, Matrix at) {
    steps.spend(1);
    if (!at.isFinite()) {
      return Optional.empty();
    }
    try {
      return Optional.of(steps.isNextLast() ? residual.atSolution(at) : residual.at(at));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  /** Whether there is one, and may be one. */
  private boolean takeHessian(ChordSteps steps) {
    if (hessians >= MOST_HESSIANS) {
      return false;
    }
    hessians++;
    steps.spend(1);
    try {
      Optional<Nearby> own =
          problem.wholeJacobian(steps.x()).map(DenseOperator::matrix).map(Nearby::of);
      own.ifPresent(steps::goOnWith);
      return own.filter(factors -> factors.knows(problem.size())).isPresent();
    } catch (NotANumberException overflow) {
      return false;
    }
  }

  private Solution otherwise(ChordSteps steps) {
    int more = enough.until().maxIterations() - steps.taken();
    if (more <= 0) {
      return steps.ended(Outcome.BUDGET_EXHAUSTED);
    }
    Matrix start = steps.isMoving() || steps.isWithin() ? cold : steps.x();
    Solution rest =
        otherwise.near(steps.left()).solve(problem, start, enough.until().withMaxIterations(more));
    return after(steps.passes(), steps.history(), assured(rest));
  }

  /** From a start where F is no number, which took a pass. */
  private Solution otherwise(Matrix start) {
    Solution whole =
        otherwise.near(held.orElse(Nearby.NOTHING)).solve(problem, start, enough.until());
    return after(1, List.of(), assured(whole));
  }

  private Solution assured(Solution found) {
    return new ErrorOrientedNewton(problem, residual, enough).assured(found);
  }

  private static Solution after(int passes, List<Double> history, Solution rest) {
    List<Double> whole = new ArrayList<>(history);
    whole.addAll(rest.history());
    return rest.costing(history.size() + rest.iterations(), passes + rest.passes(), whole);
  }
}
