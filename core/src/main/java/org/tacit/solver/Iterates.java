package org.tacit.solver;

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
 * One solve: what it may still take ({@link Budget}), where it stands ({@link Trail}), and what it
 * has come to ({@link Verdict}), as a {@link Stopping} asks for. A method asks {@link #goesOn}
 * before each iteration, evaluates through {@link #evaluate}, takes Jacobians through {@link
 * #metered}, and ends each iteration by {@link #moveTo} or {@link #stay}. Every pass is asked for
 * before it begins; what may not begin is empty, or not a number.
 */
final class Iterates {
  /** What a method looks for. */
  enum Aim {
    /** The best point is that of the smallest residual. */
    ROOT,
    /**
     * The best point is that of the smallest objective, as far as {@link Objective} knows it, and
     * of the smallest residual among those that are equal but for rounding. So a solve out of
     * budget gets on when it is begun again from there.
     */
    MINIMUM,
    /** The same by steps of inertia, short however far it has to go. */
    ROLLING_MINIMUM
  }

  /** Within this part of its size x is where a diagonal of the Jacobian hardly changes. */
  private static final double CLOSE = 0.1;

  private final Problem problem;
  private final Stopping stopping;
  private final Budget budget;
  private final Rounding rounding;
  private final Objective objective;
  private final Verdict verdict;
  private final Trail trail;
  private Nearby nearby = Nearby.NOTHING;
  private Matrix keptAt;

  /** Of a method that looks for a root. */
  Iterates(Problem problem, Matrix start, Stopping stopping) {
    this(problem, start, stopping, Aim.ROOT);
  }

  /** Of a method that looks for a minimum. */
  static Iterates minimising(Problem problem, Matrix start, Stopping stopping) {
    return new Iterates(problem, start, stopping, Aim.MINIMUM);
  }

  /** The first pass is taken in any case. */
  Iterates(Problem problem, Matrix start, Stopping stopping, Aim aim) {
    this.problem = problem;
    this.keptAt = start;
    this.stopping = stopping;
    this.budget = new Budget(stopping.watch());
    this.rounding = stopping.isAnyAccepted() ? Rounding.of(problem) : (at, residual) -> 0;
    budget.count();
    Optional<Problem.Evaluated> first = asked(start);
    boolean isByValue = aim != Aim.ROOT;
    this.objective =
        isByValue && first.isPresent() ? Objective.of(problem) : x -> OptionalDouble.empty();
    Trail.Spot spot =
        first
            .map(at -> spot(start, valued(start, at)))
            .orElseGet(() -> new Trail.Spot(start, nothing(), Double.NaN, Double.NaN, 0));
    this.verdict = new Verdict(problem, stopping, spot, aim);
    this.trail = new Trail(spot, isByValue);
  }

  private Problem.Evaluated nothing() {
    return new Problem.Evaluated(OptionalDouble.empty(), Matrix.zeros(problem.size(), 1));
  }

  private Trail.Spot spot(Matrix x, Problem.Evaluated evaluated) {
    double norm = evaluated.residual().norm();
    return new Trail.Spot(x, evaluated, norm, norm, rounding.at(x, norm));
  }

  /** Value and residual at a point; empty when one is not finite, or no pass is left. */
  Optional<Problem.Evaluated> evaluate(Matrix at) {
    return isWorthwhile(List.of(at)) && budget.begins() ? seen(asked(at)) : Optional.empty();
  }

  /**
   * Value and residual at several points, in one pass; one by one where a value of one is none, or
   * passes cannot take them together.
   */
  List<Optional<Problem.Evaluated>> evaluateAll(List<Matrix> points) {
    boolean isTogether = points.size() > 1 && isWorthwhile(points) && budget.begins();
    Optional<List<Problem.Evaluated>> all =
        isTogether
            ? NotANumberException.orNothing(() -> Optional.of(problem.evaluateAll(points)))
            : Optional.empty();
    return all.map(there -> there.stream().map(at -> seen(finite(at))).toList())
        .orElseGet(() -> points.stream().map(this::evaluate).toList());
  }

  /** Values and residuals of a part of the problem, one pass; empty where one is not finite. */
  Optional<List<Problem.Evaluated>> on(Problem part, List<Matrix> points) {
    if (!points.stream().allMatch(Matrix::isFinite) || !budget.begins()) {
      return Optional.empty();
    }
    return NotANumberException.orNothing(() -> Optional.of(part.evaluateAll(points)))
        .filter(there -> there.stream().allMatch(at -> finite(at).isPresent()));
  }

  private boolean isWorthwhile(List<Matrix> points) {
    return !verdict.isUnbounded() && points.stream().allMatch(Matrix::isFinite);
  }

  private Optional<Problem.Evaluated> asked(Matrix at) {
    return at.isFinite()
        ? NotANumberException.orNothing(() -> finite(problem.evaluate(at)))
        : Optional.empty();
  }

  private static Optional<Problem.Evaluated> finite(Problem.Evaluated evaluated) {
    boolean isFinite =
        evaluated.residual().isFinite() && Double.isFinite(evaluated.value().orElse(0));
    return isFinite ? Optional.of(evaluated) : Optional.empty();
  }

  private Optional<Problem.Evaluated> seen(Optional<Problem.Evaluated> there) {
    there.ifPresent(verdict::sees);
    return there;
  }

  /** Whether a pass begins elsewhere, which then counts. */
  boolean begins() {
    return budget.begins();
  }

  /** An operator whose preparation and products count ({@link MeteredOperator}). */
  ClosableOperator metered(Supplier<? extends ClosableOperator> preparation) {
    return MeteredOperator.of(budget, problem.size(), preparation);
  }

  /**
   * The whole Jacobian of the problem, or of a part of it, where one pass builds it, which counts,
   * and may begin.
   */
  Optional<DenseOperator> whole(Problem part, Matrix at) {
    Optional<DenseOperator> found = budget.isOpen() ? part.wholeJacobian(at) : Optional.empty();
    found.ifPresent(jacobian -> budget.count());
    if (found.filter(jacobian -> !jacobian.matrix().isFinite()).isPresent()) {
      throw NotANumberException.of("the Jacobian");
    }
    return found;
  }

  Matrix x() {
    return trail.here().x();
  }

  /** What is known of a Jacobian near that of x. */
  Nearby nearby() {
    return nearby;
  }

  /** Keeps what a step has left for the next. */
  void keep(Nearby left) {
    nearby = left;
    keptAt = x();
  }

  /** What is left at the end: no diagonal from so far away that it may be another. */
  private Nearby left() {
    boolean isClose = x().minus(keptAt).norm() <= CLOSE * x().norm();
    return isClose ? nearby : nearby.withoutDiagonal();
  }

  Problem.Evaluated here() {
    return trail.here().evaluated();
  }

  double norm() {
    return trail.here().norm();
  }

  /** The residual's norm relative to the start's. */
  double relativeNorm() {
    return verdict.firstNorm() == 0 ? 0 : norm() / verdict.firstNorm();
  }

  boolean isStartFinite() {
    return verdict.isStartFinite();
  }

  /** What the residual's norm must come down to. */
  double bound() {
    return verdict.bound(trail.here());
  }

  /** Whether the residual, and what is held against the point besides, are within the bound. */
  boolean isConverged() {
    return verdict.isConverged(trail.here(), budget);
  }

  /** Whether the residual is, though it may not be known that a root is near. */
  boolean isWithin() {
    return verdict.isWithin(trail.here());
  }

  /** By Newton steps, whether a method of first order that came to its tolerance is near a root. */
  void lookCloser() {
    if (verdict.looksCloser(trail.here(), budget)) {
      Newton.of().run(new AssumedConvex(problem), this);
    }
  }

  /** Holds against the start how far it is from a solution where that is more than |F|. */
  void judge(double atStart) {
    trail.judge(atStart);
  }

  /** Whether nobody cancelled the solve, and passes and time are left; asked where none begins. */
  boolean isOpen() {
    return budget.isOpen();
  }

  boolean hasBudget() {
    return hasBudget(1);
  }

  /** Whether so many iterations more may be taken. */
  boolean hasBudget(int further) {
    return trail.iterations() <= stopping.maxIterations() - further && !budget.isSpent();
  }

  /** Whether there is something left to do and something to do it with. */
  boolean goesOn() {
    return isStartFinite()
        && !isConverged()
        && budget.isOpen()
        && hasBudget()
        && !verdict.isUnbounded();
  }

  /** Counts an iteration that ends at a point already evaluated. */
  void moveTo(Matrix next, Problem.Evaluated evaluated) {
    verdict.moves(trail.here(), next, trail.iterations() == 0);
    moveTo(next, evaluated, evaluated.residual().norm());
  }

  /** The same where {@code howFar} from a solution, at least |F|, is known of the point. */
  void moveTo(Matrix next, Problem.Evaluated evaluated, double howFar) {
    trail.moveTo(spot(next, valued(next, evaluated)).violating(howFar));
    verdict.moved(trail.here());
    stay();
  }

  /** With the objective, where the problem does not tell it with F. */
  Problem.Evaluated valued(Matrix at, Problem.Evaluated evaluated) {
    return evaluated.value().isPresent()
        ? evaluated
        : new Problem.Evaluated(objective.at(at), evaluated.residual());
  }

  /** Takes where this is for the best point: it is known to be lower than those before. */
  void keep() {
    trail.keep();
  }

  /** Whether no point moved to was better than where this is. */
  boolean isAtBest() {
    return x().equals(trail.best().x());
  }

  /** Returns to a point evaluated before. */
  void backTo(Matrix earlier, Problem.Evaluated evaluated) {
    if (isStartFinite()) {
      trail.backTo(spot(earlier, evaluated));
    }
  }

  /** Returns to the best of the points moved to. */
  void backToBest() {
    trail.backTo(trail.best());
  }

  /** The residual's norm at the best of the points moved to. */
  double bestNorm() {
    return trail.best().norm();
  }

  /** Counts an iteration that goes no further than here. */
  void stay() {
    trail.stay();
    stopping
        .watch()
        .listener()
        .accept(
            new Solver.Iteration(
                trail.iterations(), budget.passes(), x(), here().residual(), here().value()));
  }

  /**
   * The solution here, or the best of the points moved to where this is none; {@code otherwise}
   * says why it ended when it has not converged and budget is left.
   */
  Solution solution(String method, Outcome otherwise) {
    if (otherwise == Outcome.STALLED) {
      lookFar();
    }
    Outcome outcome = verdict.of(trail, budget, otherwise);
    boolean isBetter = trail.best().violation() < trail.here().violation();
    if (!outcome.isConverged() && (trail.isByValue() || isBetter)) {
      backToBest();
    }
    return ended(method, outcome);
  }

  /** One pass, where no step helps far from a solution. */
  private void lookFar() {
    List<Matrix> points = budget.isOpen() ? verdict.farFrom(trail.here()) : List.of();
    if (!points.isEmpty()) {
      verdict.seesFar(trail.here(), evaluateAll(points));
    }
  }

  /** A proof that there is no solution, in the place of one. */
  Solution proved(String method, Outcome outcome, Matrix proof, Problem.Evaluated there) {
    backTo(proof, there);
    return ended(method, outcome);
  }

  private Solution ended(String method, Outcome outcome) {
    return new Solution(
        x(),
        outcome,
        method,
        trail.iterations(),
        norm(),
        relativeNorm(),
        OptionalDouble.empty(),
        budget.passes(),
        trail.history(),
        left(),
        Optional.empty());
  }
}
