package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.QuasiNewtonPreconditioner;
import org.tacit.linsolve.QuasiNewtonPreconditioner.Pair;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * The minimum of a strongly convex objective near a start, by chord steps with the factors of a
 * Hessian nearby, x &lt;- x - H F(x), corrected by the pairs of the steps so far as BFGS does it.
 * Where these contract too slowly a Hessian of its own takes the factors' place; where that does
 * not help, the ordinary solver goes on. Where x still moves at the end, whatever the residual is,
 * as where an objective falls for ever, the ordinary solver begins anew, which watches for that.
 *
 * <p>Cost: a pass a step; two where a Hessian is taken.
 *
 * <p>Source: Kelley, Iterative Methods for Linear and Nonlinear Equations, section 5.4.1; Nocedal
 * and Wright, Numerical Optimization, 2nd ed., section 7.2.
 */
final class ChordFit {
  /** Steps that leave more of the residual are slow ones. */
  private static final double SLOW = 0.5;

  /** A last step of more than this part of x is no end. */
  private static final double MOVING = 1e-2;

  private static final int MOST_HESSIANS = 8;
  private static final int MOST_STEPS = 100;

  private final Problem problem;
  private final FoldResidual residual;
  private final Solver otherwise;
  private final Stopping until;
  private final Matrix cold;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Double> history = new ArrayList<>();
  private final Supplier<Nearby> known;
  private Optional<Nearby> factors = Optional.empty();
  private double reference;
  private boolean isMoving;
  private int hessians;
  private int passes;

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
    this.until = otherwise.until();
    this.cold = otherwise.start();
  }

  /** A solve from where nothing is known, to an absolute tolerance. */
  record Ordinary(Solver solver, Matrix start, Stopping until) {}

  Solution from(Matrix start) {
    try {
      passes++;
      return from(start, residual.at(start));
    } catch (NotANumberException overflow) {
      return left(start);
    }
  }

  /** The same where the start is expected to be the solution. */
  Solution fromSolution(Matrix start) {
    try {
      passes++;
      return from(start, residual.atSolution(start));
    } catch (NotANumberException overflow) {
      return left(start);
    }
  }

  /** The same where F is known there. */
  Solution from(Matrix start, Matrix known) {
    reference = known.norm();
    Matrix x = start;
    Matrix f = known;
    boolean isSlow = false;
    for (int step = 0; step < MOST_STEPS && f.norm() > until.absoluteTolerance(); step++) {
      double before = f.norm();
      if ((isSlow || !factors().knows(problem.size())) && !takeHessian(x)) {
        return left(x);
      }
      Matrix next = x.minus(QuasiNewtonPreconditioner.of(pairs, factors()::solve).times(f));
      Optional<Matrix> there = residual(next, expected(before));
      boolean isLess = there.filter(r -> r.norm() < before).isPresent();
      if (!isLess && isSlow) {
        return left(x);
      }
      if (!isLess) {
        isSlow = true;
        continue;
      }
      pairs.add(new Pair(next.minus(x), there.get().minus(f)));
      isMoving = next.minus(x).norm() > MOVING * next.norm();
      x = next;
      f = there.get();
      history.add(f.norm());
      isSlow = f.norm() > SLOW * before;
    }
    boolean isEnd = f.norm() <= until.absoluteTolerance() && !isMoving;
    return isEnd ? found(x, f.norm()) : left(x);
  }

  /** What the next step leaves of a residual if it is as good as the last one. */
  private double expected(double norm) {
    int taken = history.size();
    double before = taken < 2 ? reference : history.get(taken - 2);
    return taken == 0 ? Double.POSITIVE_INFINITY : norm * norm / before;
  }

  private Optional<Matrix> residual(Matrix at, double expected) {
    try {
      passes++;
      if (!at.isFinite()) {
        return Optional.empty();
      }
      boolean isLast = expected <= until.absoluteTolerance();
      return Optional.of(isLast ? residual.atSolution(at) : residual.at(at))
          .filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  /** Whether there is one, and may be one. */
  private boolean takeHessian(Matrix at) {
    if (hessians >= MOST_HESSIANS) {
      return false;
    }
    hessians++;
    passes++;
    pairs.clear();
    try {
      factors = problem.wholeJacobian(at).map(DenseOperator::matrix).map(Nearby::of);
    } catch (NotANumberException overflow) {
      return false;
    }
    return factors.isPresent() && factors().knows(problem.size());
  }

  private Nearby factors() {
    if (factors.isEmpty()) {
      factors = Optional.of(known.get());
    }
    return factors.get();
  }

  private Solution found(Matrix x, double norm) {
    return new Solution(
        x,
        Outcome.CONVERGED,
        "chord steps",
        history.size(),
        norm,
        reference == 0 ? 0 : norm / reference,
        OptionalDouble.empty(),
        passes,
        history,
        left(),
        Optional.empty());
  }

  /** The same from factors that are there: it leaves them, also where it takes no step. */
  ChordFit holding(Nearby there) {
    factors = Optional.of(there);
    return this;
  }

  /** What it leaves, which is not made for that. */
  private Nearby left() {
    return factors.orElse(Nearby.NOTHING);
  }

  private Solution left(Matrix x) {
    Solution rest = otherwise.near(left()).solve(problem, isMoving ? cold : x, until);
    List<Double> whole = new ArrayList<>(history);
    whole.addAll(rest.history());
    return rest.costing(history.size() + rest.iterations(), passes + rest.passes(), whole);
  }
}
