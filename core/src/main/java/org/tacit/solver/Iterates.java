package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Where a solve stands, what it has cost, and how much of its budget is left. All that a {@link
 * Stopping} asks for is kept here: a method asks {@link #goesOn} before each iteration, evaluates
 * through {@link #evaluate}, takes Jacobians through {@link #metered}, and ends each iteration by
 * {@link #moveTo} or {@link #stay}.
 */
final class Iterates {
  /** An objective or an x so many times beyond its start, or its slope there, has no bound. */
  private static final double UNBOUNDED = 1e20;

  /** Values of the objective that differ by this part are equal but for the rounding of sums. */
  private static final double LEVEL = 1e-13;

  /** A residual of this part of the start's is one that rounding may leave. */
  private static final double FAR_OFF = 1e-6;

  /** A tolerance so far below the residual at the start. */
  private static final double TIGHT = 1e-4;

  /** How many times its distance from the start an objective is asked for at a stall. */
  private static final double[] FAR = {1e2, 1e4, 1e8, 1e16, 1e21};

  private final Problem problem;
  private final Matrix start;
  private final Stopping stopping;
  private final Meter meter;
  private final double firstNorm;
  private final boolean isStartFinite;
  private final boolean isByValue;
  private final Objective objective;
  private final Rounding rounding;
  private final Drift drift;
  private double lowest = Double.NEGATIVE_INFINITY;
  private boolean isUnbounded;
  private final List<Double> history = new ArrayList<>();
  private Matrix x;
  private Problem.Evaluated here;
  private double norm;
  private double floor;
  private double firstStep;
  private double violation;
  private double leastViolation;
  private Matrix best;
  private Problem.Evaluated atBest;
  private int iterations;
  private Nearby nearby = Nearby.NOTHING;

  /** Of a method that looks for a root: the best point is that of the smallest residual. */
  Iterates(Problem problem, Matrix start, Stopping stopping) {
    this(problem, start, stopping, false, false);
  }

  /**
   * Of a method that looks for a minimum: the best point is that of the smallest objective, as far
   * as {@link Objective} knows it, and of the smallest residual among those that are equal but for
   * rounding. So a solve out of budget gets on when it is begun again from there.
   */
  static Iterates minimising(Problem problem, Matrix start, Stopping stopping) {
    return new Iterates(problem, start, stopping, true, false);
  }

  /** The same of a method whose steps are those of inertia, short however far it has to go. */
  static Iterates rolling(Problem problem, Matrix start, Stopping stopping) {
    return new Iterates(problem, start, stopping, true, true);
  }

  private Iterates(
      Problem problem, Matrix start, Stopping stopping, boolean isByValue, boolean isInertial) {
    this.isByValue = isByValue;
    this.drift = new Drift(start, isInertial);
    this.problem = problem;
    this.start = start;
    this.stopping = stopping;
    this.meter = new Meter(stopping.watch());
    this.rounding = stopping.isAnyAccepted() ? Rounding.of(problem) : (at, residual) -> 0;
    this.x = start;
    Optional<Problem.Evaluated> first = ask(start);
    this.isStartFinite = first.isPresent();
    this.objective =
        isByValue && isStartFinite ? Objective.of(problem) : x -> OptionalDouble.empty();
    this.here =
        first
            .map(evaluated -> valued(start, evaluated))
            .orElseGet(
                () -> new Problem.Evaluated(OptionalDouble.empty(), Matrix.zeros(start.rows(), 1)));
    this.norm = isStartFinite ? here.residual().norm() : Double.NaN;
    this.firstNorm = norm;
    this.floor = isStartFinite ? rounding.at(start, norm) : 0;
    this.violation = norm;
    this.leastViolation = norm;
    this.best = x;
    this.atBest = here;
    double slope = isStartFinite ? firstNorm : 1;
    this.lowest = -UNBOUNDED * Math.max(Math.max(1, slope), Math.abs(here.value().orElse(0)));
  }

  /** Value and residual at a point; empty when one is not finite, or no pass is left. */
  Optional<Problem.Evaluated> evaluate(Matrix at) {
    return meter.isOpen() && !isUnbounded ? ask(at) : Optional.empty();
  }

  /**
   * Value and residual at several points, in one pass; of the first only where passes cannot take
   * them together.
   */
  List<Optional<Problem.Evaluated>> evaluateAll(List<Matrix> points) {
    if (points.stream().allMatch(Matrix::isFinite)
        && points.size() > 1
        && meter.isOpen()
        && !isUnbounded) {
      try {
        meter.count();
        return problem.evaluateAll(points).stream().map(this::finite).toList();
      } catch (NotANumberException overflow) {
        return points.stream().map(this::evaluate).toList();
      }
    }
    return points.stream().map(this::evaluate).toList();
  }

  /** Values and residuals of a part of the problem, one pass; empty where one is not finite. */
  Optional<List<Problem.Evaluated>> on(Problem part, List<Matrix> points) {
    if (!meter.isOpen() || !points.stream().allMatch(Matrix::isFinite)) {
      return Optional.empty();
    }
    try {
      meter.count();
      List<Problem.Evaluated> there = part.evaluateAll(points);
      boolean isFinite = there.stream().allMatch(at -> finite(at).isPresent());
      return isFinite ? Optional.of(there) : Optional.empty();
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private Optional<Problem.Evaluated> ask(Matrix at) {
    if (!at.isFinite()) {
      return Optional.empty();
    }
    try {
      meter.count();
      return finite(problem.evaluate(at));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private Optional<Problem.Evaluated> finite(Problem.Evaluated evaluated) {
    boolean isFinite =
        evaluated.residual().isFinite() && Double.isFinite(evaluated.value().orElse(0));
    isUnbounded |= isFinite && evaluated.value().orElse(0) < lowest;
    return isFinite ? Optional.of(evaluated) : Optional.empty();
  }

  /** Counts a pass about to begin elsewhere, or throws {@link Meter.ClosedException}. */
  void count() {
    meter.countOrEnd();
  }

  /** Runs until done, or until a pass may not begin, which leaves the best point so far. */
  void whileOpen(Runnable steps) {
    try {
      steps.run();
    } catch (Meter.ClosedException outOfBudget) {
      backToBest();
    }
  }

  /**
   * An operator whose preparation and products count. One that may not begin throws {@link
   * Meter.ClosedException}.
   */
  ClosableOperator metered(Supplier<? extends ClosableOperator> preparation) {
    return meter.of(preparation);
  }

  /**
   * The whole Jacobian of the problem, or of a part of it, where one pass builds it; the pass
   * counts. One that may not begin throws {@link Meter.ClosedException}.
   */
  Optional<DenseOperator> whole(Problem part, Matrix at) {
    if (!meter.isOpen()) {
      throw new Meter.ClosedException();
    }
    Optional<DenseOperator> found = part.wholeJacobian(at);
    found.ifPresent(jacobian -> meter.count());
    if (found.filter(jacobian -> !jacobian.matrix().isFinite()).isPresent()) {
      throw NotANumberException.of("the Jacobian");
    }
    return found;
  }

  Matrix x() {
    return x;
  }

  /** What is known of a Jacobian near that of x. */
  Nearby nearby() {
    return nearby;
  }

  /** Keeps what a step has left for the next. */
  void keep(Nearby left) {
    nearby = left;
  }

  Problem.Evaluated here() {
    return here;
  }

  double norm() {
    return norm;
  }

  /** The residual's norm relative to the start's. */
  double relativeNorm() {
    return firstNorm == 0 ? 0 : norm / firstNorm;
  }

  boolean isStartFinite() {
    return isStartFinite;
  }

  /** What the residual's norm must come down to. */
  double bound() {
    return Math.max(stopping.bound(firstNorm), floor);
  }

  /** Whether the residual, and what is held against the point besides, are within the bound. */
  boolean isConverged() {
    return isWithin() && (!isDriftWatched() || drift.isOver(x, norm));
  }

  /** By Newton steps, whether a method of first order that came to its tolerance is near a root. */
  void lookCloser() {
    if (isWithin() && isDriftWatched() && norm > 0 && drift.isSuspect()) {
      drift.look(x, norm);
      Newton.of().run(new AssumedConvex(problem), this);
    }
  }

  /** Whether the residual is, though it may not be known that a root is near. */
  boolean isWithin() {
    return Math.max(norm, violation) <= bound();
  }

  private boolean isSmooth() {
    return isByValue && problem.composite().isEmpty() && problem.mirror().isEmpty();
  }

  /** Few digits say nothing of where more would lead; an affine F has a root or none. */
  private boolean isDriftWatched() {
    return isSmooth() && bound() <= TIGHT * firstNorm && !problem.isAffine() && meter.isOpen();
  }

  /** Holds against the start how far it is from a solution where that is more than |F|. */
  void judge(double atStart) {
    violation = atStart;
    leastViolation = atStart;
  }

  /** Whether nobody cancelled the solve, and passes and time are left; asked where none begins. */
  boolean isOpen() {
    return meter.isOpen();
  }

  boolean hasBudget() {
    return hasBudget(1);
  }

  /** Whether so many iterations more may be taken. */
  boolean hasBudget(int further) {
    return iterations <= stopping.maxIterations() - further && !meter.isSpent();
  }

  /** Whether there is something left to do and something to do it with. */
  boolean goesOn() {
    return isStartFinite && !isConverged() && meter.isOpen() && hasBudget() && !isUnbounded;
  }

  /** Counts an iteration that ends at a point already evaluated. */
  void moveTo(Matrix next, Problem.Evaluated evaluated) {
    isUnbounded |= next.norm() > UNBOUNDED * unit(next);
    moveTo(next, evaluated, evaluated.residual().norm());
  }

  /**
   * What x is measured by: of a minimiser with its objective at hand, which would be seen to fall
   * for ever, its first step too, since labels in small units make large solutions.
   */
  private double unit(Matrix next) {
    if (iterations == 0 && isByValue && here.value().isPresent()) {
      firstStep = next.minus(start).norm();
    }
    return Math.max(1, Math.max(start.norm(), firstStep));
  }

  /** The same where {@code howFar} from a solution, at least |F|, is known of the point. */
  void moveTo(Matrix next, Problem.Evaluated evaluated, double howFar) {
    backTo(next, valued(next, evaluated));
    violation = howFar;
    drift.moved(next, norm);
    if (isBetter()) {
      best = x;
      atBest = here;
      leastViolation = violation;
    }
    stay();
  }

  /** With the objective, where the problem does not tell it with F. */
  Problem.Evaluated valued(Matrix at, Problem.Evaluated evaluated) {
    return evaluated.value().isPresent()
        ? evaluated
        : new Problem.Evaluated(objective.at(at), evaluated.residual());
  }

  private boolean isBetter() {
    if (!isByValue || here.value().isEmpty()) {
      return violation < leastViolation;
    }
    if (atBest.value().isEmpty()) {
      return true;
    }
    double value = here.value().getAsDouble();
    double lowestValue = atBest.value().getAsDouble();
    if (Double.isInfinite(value) || Double.isInfinite(lowestValue)) {
      return value < lowestValue || (value == lowestValue && violation < leastViolation);
    }
    double rounding = LEVEL * Math.max(Math.abs(value), Math.abs(lowestValue));
    return value < lowestValue - rounding
        || (value <= lowestValue + rounding && violation < leastViolation);
  }

  /** Takes where this is for the best point: it is known to be lower than those before. */
  void keep() {
    best = x;
    atBest = here;
    leastViolation = violation;
  }

  /** Whether no point moved to was better than where this is. */
  boolean isAtBest() {
    return x.equals(best);
  }

  /** Returns to a point evaluated before. */
  void backTo(Matrix earlier, Problem.Evaluated evaluated) {
    x = earlier;
    here = evaluated;
    norm = isStartFinite ? evaluated.residual().norm() : Double.NaN;
    floor = rounding.at(x, norm);
    violation = norm;
  }

  /** Returns to the best of the points moved to. */
  void backToBest() {
    backTo(best, atBest);
    violation = leastViolation;
  }

  /** The residual's norm at the best of the points moved to. */
  double bestNorm() {
    return atBest.residual().norm();
  }

  /** Counts an iteration that goes no further than here. */
  void stay() {
    iterations++;
    history.add(norm);
    stopping
        .watch()
        .listener()
        .accept(new Iteration(iterations, meter.passes(), x, here.residual(), here.value()));
  }

  /**
   * The solution here, or the best of the points moved to where this is none; {@code otherwise}
   * says why it ended when it has not converged and budget is left.
   */
  Solution solution(String method, Outcome otherwise) {
    if (otherwise == Outcome.STALLED) {
      lookFar();
    }
    Outcome outcome = outcome(otherwise);
    if (!outcome.isConverged() && (isByValue || leastViolation < violation)) {
      backToBest();
    }
    return ended(method, outcome);
  }

  /** A proof that there is no solution, in the place of one. */
  Solution proved(String method, Outcome outcome, Matrix proof, Problem.Evaluated there) {
    backTo(proof, there);
    return ended(method, outcome);
  }

  private Solution ended(String method, Outcome outcome) {
    return new Solution(
        x,
        outcome,
        method,
        iterations,
        norm,
        relativeNorm(),
        OptionalDouble.empty(),
        meter.passes(),
        history,
        nearby,
        Optional.empty());
  }

  /**
   * Where no step helps far from a solution: whether the objective falls without end along the way
   * from the start, or along the last gradient. One pass.
   */
  private void lookFar() {
    boolean isAsked = isSmooth() && isStartFinite && !isWithin() && norm > FAR_OFF * firstNorm;
    if (!isAsked || here.value().isEmpty() || !meter.isOpen() || isUnbounded) {
      return;
    }
    List<Matrix> points = new ArrayList<>();
    for (Matrix along : List.of(x.minus(start), here.residual().times(-1))) {
      double unit = Math.max(1, x.norm()) / along.norm();
      for (double length : FAR) {
        points.add(x.plus(Double.isFinite(unit) ? length * unit : 0, along));
      }
    }
    List<Optional<Problem.Evaluated>> there = evaluateAll(points);
    isUnbounded |=
        falls(there.subList(0, FAR.length)) || falls(there.subList(FAR.length, 2 * FAR.length));
  }

  private boolean falls(List<Optional<Problem.Evaluated>> there) {
    double before = here.value().orElseThrow();
    for (Optional<Problem.Evaluated> at : there) {
      double value = at.map(found -> found.value().orElse(Double.NaN)).orElse(Double.NaN);
      if (!(value < before)) {
        return false;
      }
      before = value;
    }
    return true;
  }

  private Outcome outcome(Outcome otherwise) {
    if (!isStartFinite) {
      return Outcome.NOT_FINITE;
    }
    // Far out F is zero by rounding: x + F(x) is x.
    if (isWithin() && !isUnbounded && !drift.isEndless()) {
      return Outcome.CONVERGED;
    }
    if (meter.isCancelled()) {
      return Outcome.CANCELLED;
    }
    if (isUnbounded || drift.isEndless()) {
      return Outcome.UNBOUNDED;
    }
    // What is known of the problem says more than that iterations have run out, too.
    boolean isKnown = otherwise == Outcome.WRONG_STRUCTURE && !meter.isSpent();
    return isKnown || hasBudget() ? otherwise : Outcome.BUDGET_EXHAUSTED;
  }
}
