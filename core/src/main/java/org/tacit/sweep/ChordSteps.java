package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.QuasiNewtonPreconditioner;
import org.tacit.linsolve.QuasiNewtonPreconditioner.Pair;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.solver.Stopping;

/**
 * Chord steps to the minimum of a strongly convex objective, x &lt;- x - H F(x), with the factors
 * of a Hessian nearby, H corrected by the pairs of the steps so far as BFGS does it: where F is to
 * be known next, and what follows from it. No pass.
 *
 * <p>Source: Kelley, Iterative Methods for Linear and Nonlinear Equations, section 5.4.1; Nocedal
 * and Wright, Numerical Optimization, 2nd ed., section 7.2.
 */
final class ChordSteps {
  /** Steps that leave more of the residual are slow ones. */
  private static final double SLOW = 0.5;

  /** A last step of more than this part of x is no end. */
  private static final double MOVING = 1e-2;

  private static final int MOST_STEPS = 100;

  /** Steps from where F is small enough already. */
  private static final int MOST_WITHIN = 12;

  private final Enough enough;
  private final int mostSteps;
  private final Supplier<Nearby> known;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Double> history = new ArrayList<>();
  private Optional<Nearby> factors = Optional.empty();
  private Optional<Matrix> next = Optional.empty();
  private Matrix x;
  private Matrix f;
  private double reference;
  private boolean isMoving;
  private boolean isSlow;
  private boolean isTrusted;
  private boolean isOwn;
  private Optional<Matrix> ahead = Optional.empty();
  private int taken;
  private int within;
  private int passes;

  /**
   * What is small enough. |F| alone says nothing where the curvature is small, as where exponential
   * losses are: there the solution of other rows has as small a one. |H F|, the next step, says how
   * far it is, but for what the Hessian of x may differ by from that of other rows.
   *
   * @param until of |F|, and the most steps
   * @param step of |H F| / |x|
   * @param most the same by the Hessian of x, where no further step helps
   */
  record Enough(Stopping until, double step, double most) {
    double residual() {
      return until.absoluteTolerance();
    }

    /** Why a solution is not trusted whose next step is this part of it. */
    String reason(double ahead) {
      return String.format(
          Locale.ROOT,
          "the objective is so flat there that the residual says nothing: the next step is %.1e of"
              + " the solution, must be <= %.1e; make the penalty larger, or the tolerance smaller",
          ahead,
          most);
    }
  }

  /**
   * From where F is f, in no more steps than a solve may take.
   *
   * @param known the factors, asked for before the first step, or before F is found small enough
   */
  ChordSteps(Enough enough, Supplier<Nearby> known, Matrix x, Matrix f) {
    this.enough = enough;
    this.mostSteps = Math.min(MOST_STEPS, enough.until.maxIterations());
    this.known = known;
    this.x = x;
    this.f = f;
    this.reference = f.norm();
  }

  /** The same where x was solved for by factors of its own. */
  ChordSteps trusted() {
    isTrusted = true;
    return this;
  }

  /** The point that the next step leads to; empty where there is none by these factors. */
  Optional<Matrix> next() {
    if (next.isEmpty() && isGoing() && !isSlow && !isDoubtful() && factors().knows(x.rows())) {
      next = Optional.of(stepped());
    }
    return next;
  }

  /** That of the factors that are there, whatever the last step was like. */
  Matrix stepped() {
    return x.minus(ahead());
  }

  private Matrix ahead() {
    if (ahead.isEmpty()) {
      ahead = Optional.of(QuasiNewtonPreconditioner.of(pairs, factors()::solve).times(f));
    }
    return ahead.get();
  }

  /** Whether the next step is at most this part of x. */
  private boolean isAheadWithin(double part) {
    return isTrusted || (factors().knows(x.rows()) && ahead().norm() <= part * x.norm());
  }

  /** Whether steps are due, and some are left. */
  boolean isGoing() {
    boolean isLeft = taken < mostSteps && within < MOST_WITHIN;
    return isLeft && !isFound();
  }

  /** Whether F is small enough, wherever the solution is. */
  boolean isWithin() {
    return f.norm() <= enough.residual();
  }

  boolean isFound() {
    return isWithin() && !isMoving && isAheadWithin(enough.step);
  }

  /** The same where F is known to rounding only, so that no step makes it less. */
  boolean isFoundToRounding() {
    return isWithin() && !isMoving && isOwn && isAheadWithin(enough.most);
  }

  /** Whether the step that is next is the last one if it is as good as the one before. */
  boolean isNextLast() {
    int before = history.size();
    double norm = f.norm();
    return before > 0
        && norm * norm / (before < 2 ? reference : history.get(before - 2)) <= enough.residual();
  }

  /** Whether F is less at a point that a step led to, where it is a number; the step is taken. */
  boolean isLess(Matrix point, Optional<Matrix> there) {
    taken++;
    within += isWithin() ? 1 : 0;
    next = Optional.empty();
    double before = f.norm();
    boolean isLess = there.filter(Matrix::isFinite).filter(r -> r.norm() < before).isPresent();
    if (isLess) {
      Matrix step = point.minus(x);
      pairs.add(new Pair(step, there.get().minus(f)));
      isMoving = step.norm() > MOVING * point.norm();
      x = point;
      f = there.get();
      ahead = Optional.empty();
      isTrusted = false;
      history.add(f.norm());
    }
    isSlow = !isLess || f.norm() > SLOW * before;
    return isLess;
  }

  /** Whether factors of its own are due. */
  boolean isSlow() {
    return isSlow || isDoubtful() || !factors().knows(x.rows());
  }

  /** Whether F is small enough, and how far the solution is takes factors of its own to tell. */
  private boolean isDoubtful() {
    return isWithin() && !isMoving && !isOwn && !isFound();
  }

  /** Those of the Hessian of x in the place of what was known. */
  void goOnWith(Nearby others) {
    isOwn = true;
    pairs.clear();
    ahead = Optional.empty();
    factors = Optional.of(others);
  }

  void spend(int more) {
    passes += more;
  }

  int passes() {
    return passes;
  }

  Matrix x() {
    return x;
  }

  boolean isMoving() {
    return isMoving;
  }

  /** The residual norms. */
  List<Double> history() {
    return history;
  }

  private Nearby factors() {
    if (factors.isEmpty()) {
      factors = Optional.of(known.get());
    }
    return factors.get();
  }

  int taken() {
    return taken;
  }

  /** What it leaves, which is not made for that. */
  Nearby left() {
    return factors.orElse(Nearby.NOTHING);
  }

  Solution found() {
    return ended(Outcome.CONVERGED);
  }

  /** As far as they came. */
  Solution ended(Outcome outcome) {
    double norm = f.norm();
    return new Solution(
        x,
        outcome,
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
}
