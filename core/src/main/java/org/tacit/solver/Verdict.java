package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/** What a solve has come to: its tolerance, no bound, or neither, by the {@link Stopping}. */
final class Verdict {
  /** An objective or an x so many times beyond its start, or its slope there, has no bound. */
  private static final double UNBOUNDED = 1e20;

  /** A residual of this part of the start's is one that rounding may leave. */
  private static final double FAR_OFF = 1e-6;

  /** A tolerance so far below the residual at the start. */
  private static final double TIGHT = 1e-4;

  /** How many times its distance from the start an objective is asked for at a stall. */
  private static final double[] FAR = {1e2, 1e4, 1e8, 1e16, 1e21};

  private final Stopping stopping;
  private final Trail.Spot start;
  private final boolean isByValue;
  private final boolean isSmooth;
  private final boolean isAffine;
  private final Drift drift;
  private final double lowest;
  private double firstStep;
  private boolean isUnbounded;

  /** Of a method that minimises, or looks for a root; of one of inertia as {@link Drift} says. */
  Verdict(Problem problem, Stopping stopping, Trail.Spot start, Iterates.Aim aim) {
    this.stopping = stopping;
    this.start = start;
    this.isByValue = aim != Iterates.Aim.ROOT;
    this.isSmooth =
        isByValue
            && problem.as(CompositeProblem.class).isEmpty()
            && problem.as(MirrorProblem.class).isEmpty();
    this.isAffine = problem.isAffine();
    this.drift = new Drift(start.x(), aim == Iterates.Aim.ROLLING_MINIMUM);
    double slope = isStartFinite() ? start.norm() : 1;
    double value = Math.abs(start.evaluated().value().orElse(0));
    this.lowest = -UNBOUNDED * Math.max(Math.max(1, slope), value);
  }

  boolean isStartFinite() {
    return !Double.isNaN(start.norm());
  }

  boolean isUnbounded() {
    return isUnbounded;
  }

  double firstNorm() {
    return start.norm();
  }

  /** What the residual's norm must come down to. */
  double bound(Trail.Spot at) {
    return Math.max(stopping.bound(start.norm()), at.floor());
  }

  /** Whether the residual is within the bound, though it may not be known that a root is near. */
  boolean isWithin(Trail.Spot at) {
    return Math.max(at.norm(), at.violation()) <= bound(at);
  }

  boolean isConverged(Trail.Spot at, Budget budget) {
    return isWithin(at) && (!isDriftWatched(at, budget) || drift.isOver(at.x(), at.norm()));
  }

  /** Few digits say nothing of where more would lead; an affine F has a root or none. */
  private boolean isDriftWatched(Trail.Spot at, Budget budget) {
    return isSmooth && bound(at) <= TIGHT * start.norm() && !isAffine && budget.isOpen();
  }

  /** Whether a solve that is at its tolerance should look closer, which it does from here on. */
  boolean looksCloser(Trail.Spot at, Budget budget) {
    boolean looks =
        isWithin(at) && isDriftWatched(at, budget) && at.norm() > 0 && drift.isSuspect();
    if (looks) {
      drift.look(at.x(), at.norm());
    }
    return looks;
  }

  /** Told of a value that was found anywhere. */
  void sees(Problem.Evaluated there) {
    isUnbounded |= there.value().orElse(0) < lowest;
  }

  /** Told of a move, the first from the start or one of those that follow. */
  void moves(Trail.Spot from, Matrix next, boolean isFirst) {
    // A minimiser with its objective at hand, which would be seen to fall for ever, is measured by
    // its first step too: labels in small units make large solutions.
    if (isFirst && isByValue && from.evaluated().value().isPresent()) {
      firstStep = next.minus(start.x()).norm();
    }
    double unit = Math.max(1, Math.max(start.x().norm(), firstStep));
    isUnbounded |= next.norm() > UNBOUNDED * unit;
  }

  void moved(Trail.Spot here) {
    drift.moved(here.x(), here.norm());
  }

  /**
   * Points to ask where no step helps far from a solution, along the way from the start and along
   * the last gradient: whether the objective falls without end. None where that is not to be asked.
   */
  List<Matrix> farFrom(Trail.Spot here) {
    boolean isAsked =
        isSmooth && isStartFinite() && !isWithin(here) && here.norm() > FAR_OFF * start.norm();
    List<Matrix> points = new ArrayList<>();
    if (!isAsked || here.evaluated().value().isEmpty() || isUnbounded) {
      return points;
    }
    Matrix x = here.x();
    for (Matrix along : List.of(x.minus(start.x()), here.evaluated().residual().times(-1))) {
      double unit = Math.max(1, x.norm()) / along.norm();
      for (double length : FAR) {
        points.add(x.plus(Double.isFinite(unit) ? length * unit : 0, along));
      }
    }
    return points;
  }

  /** Told of those points. */
  void seesFar(Trail.Spot here, List<Optional<Problem.Evaluated>> there) {
    double value = here.evaluated().value().orElseThrow();
    isUnbounded |=
        falls(value, there.subList(0, FAR.length))
            || falls(value, there.subList(FAR.length, 2 * FAR.length));
  }

  private static boolean falls(double from, List<Optional<Problem.Evaluated>> there) {
    double before = from;
    for (Optional<Problem.Evaluated> at : there) {
      double value = at.map(found -> found.value().orElse(Double.NaN)).orElse(Double.NaN);
      if (!(value < before)) {
        return false;
      }
      before = value;
    }
    return true;
  }

  /** How it ended; {@code otherwise} where it has not converged and iterations are left. */
  Outcome of(Trail trail, Budget budget, Outcome otherwise) {
    if (!isStartFinite()) {
      return Outcome.NOT_FINITE;
    }
    // Far out F is zero by rounding: x + F(x) is x.
    boolean isEndless = isUnbounded || drift.isEndless();
    if (isWithin(trail.here()) && !isEndless) {
      return Outcome.CONVERGED;
    }
    if (budget.isCancelled()) {
      return Outcome.CANCELLED;
    }
    if (isEndless) {
      return Outcome.UNBOUNDED;
    }
    // What is known of the problem says more than that iterations have run out, too.
    boolean hasBudget = trail.iterations() < stopping.maxIterations() && !budget.isSpent();
    return otherwise == Outcome.WRONG_STRUCTURE || hasBudget ? otherwise : Outcome.BUDGET_EXHAUSTED;
  }
}
