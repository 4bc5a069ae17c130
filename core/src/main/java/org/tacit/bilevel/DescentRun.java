package org.tacit.bilevel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.tacit.bilevel.OuterTrial.Solved;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;

/** One descent of {@link HypergradientDescent}: where it stands, and how it goes on. */
final class DescentRun implements AutoCloseable {
  private static final double FIRST_TOLERANCE = 1e-4;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double LONGEST_MOVE = 3;
  private static final double SHORTEST_MOVE = 1e-9;

  private final BilevelProblem problem;
  private final OuterSolves solves;
  private final Bounds bounds;
  private final OuterStopping stopping;
  private final OuterRecord record;
  private final Matrix firstX;
  private OuterPoint here;
  private double tolerance;
  private double leastTolerance;
  private boolean isFinal;
  private double step;
  private double firstNorm;
  private int flat;

  private DescentRun(
      BilevelProblem problem,
      OuterSolves solves,
      Bounds bounds,
      OuterStopping stopping,
      OuterRecord record,
      OuterPoint first) {
    this.problem = problem;
    this.solves = solves;
    this.bounds = bounds;
    this.stopping = stopping;
    this.record = record;
    this.here = first;
    this.firstX = first.solution().x();
    this.leastTolerance = stopping.finalInnerTolerance();
    this.tolerance = firstTolerance(stopping);
    this.step = 1 / Math.max(Double.MIN_NORMAL, first.gradient().maxAbs());
    this.firstNorm = projectedNorm();
  }

  private static double firstTolerance(OuterStopping stopping) {
    return Math.max(FIRST_TOLERANCE, stopping.finalInnerTolerance());
  }

  /** The run at its start, solved and differentiated. */
  static DescentRun from(
      Matrix start,
      BilevelProblem problem,
      OuterSolves solves,
      Bounds bounds,
      OuterStopping stopping,
      OuterRecord record) {
    Matrix zeros = Matrix.zeros(problem.inner().condition().unknowns(), 1);
    solves.beginStep(0);
    OuterTrial trial = solves.bestOf(start, zeros, firstTolerance(stopping));
    OuterPoint first =
        trial
            .solved()
            .flatMap(solved -> solves.differentiated(solved, zeros))
            .orElseThrow(() -> unusable(start, trial.outcome()));
    DescentRun run = new DescentRun(problem, solves, bounds, stopping, record, first);
    run.loosen();
    return run;
  }

  private static UnusableStartException unusable(Matrix start, Outcome outcome) {
    Outcome why = outcome.isConverged() ? Outcome.NOT_FINITE : outcome;
    double[] head = Arrays.copyOf(start.toArray(), Math.min(5, start.size()));
    return new UnusableStartException(
        "at theta = "
            + Arrays.toString(head)
            + (start.size() > head.length ? " and " + (start.size() - head.length) + " more" : "")
            + " the inner solution, the outer value or its derivative is not to be had: "
            + why.label()
            + " ("
            + why.remedy()
            + ", or start at another theta)");
  }

  /** Where the first solve missed its tolerance, no later one is asked for more than it reached. */
  private void loosen() {
    var inner = here.inner();
    double reached = solves.relative(inner.residualNorm());
    if (!inner.outcome().isConverged() && reached > tolerance) {
      record.remark(
          String.format(
              Locale.ROOT,
              "the first inner solve ended with %s at a relative residual of %.1e, for the %.1e"
                  + " asked: tuning goes on at that (%s)",
              inner.outcome().label(),
              reached,
              tolerance,
              inner.outcome().remedy()));
      tolerance = reached;
      leastTolerance = reached;
    }
  }

  BilevelResult minimise() {
    report();
    Optional<OuterEnding> ending = Optional.empty();
    while (ending.isEmpty()) {
      ending = reached().or(this::move);
      if (ending.isPresent() && !isFinal) {
        refine();
        ending = reached().filter(end -> end.outcome().isConverged());
      }
    }
    return finished(ending.get());
  }

  /** Whether the descent is over before another step. */
  private Optional<OuterEnding> reached() {
    double norm = projectedNorm();
    if (isFlat(here) && record.steps() == 0) {
      return Optional.of(
          new OuterEnding(
              Outcome.STALLED,
              "the hypergradient is exactly zero at the start: the outer value does not depend on"
                  + " theta there (start at another theta, such as smaller penalties)"));
    }
    if (isFlat(here)) {
      return Optional.of(
          OuterEnding.converged("the outer value does not depend on theta any more where it is"));
    }
    if (norm <= stopping.tolerance() * firstNorm) {
      return Optional.of(
          OuterEnding.converged(
              String.format(
                  Locale.ROOT,
                  "the projected hypergradient fell to %.1e of its first norm",
                  firstNorm == 0 ? 0 : norm / firstNorm)));
    }
    if (flat >= OuterStopping.PATIENCE) {
      return Optional.of(
          OuterEnding.converged(
              flat + " steps in a row gained less than " + stopping.tolerance() + " of the value"));
    }
    return record.steps() < stopping.maxIterations()
        ? Optional.empty()
        : Optional.of(
            new OuterEnding(
                Outcome.BUDGET_EXHAUSTED,
                "all " + stopping.maxIterations() + " steps were taken (allow more)"));
  }

  /** Takes a step; how the descent ended where there is none. */
  private Optional<OuterEnding> move() {
    solves.beginStep(record.steps() + 1);
    Outcome refused = Outcome.CONVERGED;
    while (step * here.gradient().maxAbs() > SHORTEST_MOVE) {
      OuterTrial trial = trial();
      Optional<OuterPoint> next = trial.solved().flatMap(this::accepted);
      if (next.isPresent()) {
        arrive(isFlat(next.get()) ? shortOf(next.get()) : next.get());
        return Optional.empty();
      }
      refused = trial.outcome();
      step /= 4;
      tighten(tolerance / 10);
    }
    return Optional.of(new OuterEnding(Outcome.STALLED, stalled(refused)));
  }

  private OuterTrial trial() {
    Matrix g = here.gradient();
    step = Math.min(step, LONGEST_MOVE / g.maxAbs());
    Matrix target = bounds.clip(here.theta().plus(-step, g));
    return solves.converged(target, here.solution().x(), tolerance);
  }

  /**
   * A step that ends where L does not depend on theta, such as above every useful l1 penalty, may
   * have gone over a minimum: the first shorter one that does not, where it is lower.
   */
  private OuterPoint shortOf(OuterPoint flatPoint) {
    OuterPoint plateau = flatPoint;
    while (step * here.gradient().maxAbs() > SHORTEST_MOVE) {
      step /= 4;
      Optional<OuterPoint> shorter = trial().solved().flatMap(this::accepted);
      if (shorter.isEmpty()) {
        return plateau;
      }
      boolean isTaken = isFlat(shorter.get()) || shorter.get().value() < plateau.value();
      (isTaken ? plateau : shorter.get()).close();
      plateau = isTaken ? shorter.get() : plateau;
      if (!isFlat(shorter.get())) {
        return plateau;
      }
    }
    return plateau;
  }

  private static boolean isFlat(OuterPoint point) {
    return point.gradient().maxAbs() == 0;
  }

  private static String stalled(Outcome refused) {
    return refused.isConverged()
        ? "no step along the hypergradient lowers the outer value: a kink or rounding is in the way"
        : "the last step was refused since its inner solve ended with " + refused.label();
  }

  /** The trial with its hypergradient where it falls enough; closed otherwise. */
  private Optional<OuterPoint> accepted(Solved trial) {
    double slope = here.gradient().dot(here.theta().minus(trial.theta()));
    double slack = tolerance * Math.abs(here.value());
    if (!(trial.outer().value() <= here.value() - SUFFICIENT_DECREASE * slope + slack)) {
      trial.solution().close();
      return Optional.empty();
    }
    return solves.differentiated(trial, here.hypergradient().adjoint().value());
  }

  private void arrive(OuterPoint next) {
    Matrix moved = next.theta().minus(here.theta());
    double curvature = moved.dot(next.gradient().minus(here.gradient()));
    double length = curvature > 0 ? moved.dot(moved) / curvature : 10 * step;
    step = Math.max(step / 10, Math.min(10 * step, length));
    double gain = here.value() - next.value();
    flat = gain <= stopping.tolerance() * Math.abs(here.value()) ? flat + 1 : 0;
    isFinal = tolerance <= stopping.finalInnerTolerance();
    replace(next);
    tighten(FIRST_TOLERANCE * projectedNorm() / firstNorm);
    report();
  }

  private void replace(OuterPoint next) {
    here.close();
    here = next;
  }

  private void tighten(double to) {
    tolerance = Math.max(leastTolerance, Math.min(tolerance, to));
  }

  /** Solves here to the final tolerance, and forgets what steps failed before. */
  private void refine() {
    isFinal = true;
    tolerance = Math.max(leastTolerance, stopping.finalInnerTolerance());
    exact(here.theta(), here.solution().x()).ifPresent(this::refineTo);
  }

  private void refineTo(OuterPoint exact) {
    replace(exact);
    record.refined(exact);
    step = 1 / Math.max(Double.MIN_NORMAL, exact.gradient().maxAbs());
    firstNorm = Math.max(firstNorm, record.steps() == 0 ? projectedNorm() : 0);
  }

  private double projectedNorm() {
    return here.theta().minus(bounds.clip(here.theta().minus(here.gradient()))).norm();
  }

  private void report() {
    record.accepted(here, projectedNorm(), step, tolerance);
  }

  private BilevelResult finished(OuterEnding ending) {
    returnToBest();
    Certificate certificate =
        problem
            .certificate(here.solution(), here.hypergradient())
            .heldAgainst(stopping.tolerance() * firstNorm);
    OuterEnding joined = ending.restingOn(here, certificate);
    return new BilevelResult(
        here.theta(),
        firstX,
        here.inner(),
        here.hypergradient(),
        certificate,
        joined.outcome(),
        joined.reason(),
        record.remarks(),
        record.history());
  }

  /** The slack of acceptance may have led up: back to the best point, where that is true of it. */
  private void returnToBest() {
    OuterRecord.Best best = record.best();
    double indistinct = stopping.finalInnerTolerance() * Math.abs(here.value());
    if (best.value() < here.value() - indistinct) {
      exact(best.theta(), best.x()).ifPresent(this::replaceIfLower);
    }
  }

  private void replaceIfLower(OuterPoint point) {
    if (point.value() < here.value()) {
      replace(point);
    } else {
      point.close();
    }
  }

  /** A point solved to the final tolerance, or as near to it as the budget allows. */
  private Optional<OuterPoint> exact(Matrix theta, Matrix x) {
    return solves
        .bestOf(theta, x, stopping.finalInnerTolerance())
        .solved()
        .flatMap(s -> solves.differentiated(s, here.hypergradient().adjoint().value()));
  }

  @Override
  public void close() {
    here.close();
  }
}
