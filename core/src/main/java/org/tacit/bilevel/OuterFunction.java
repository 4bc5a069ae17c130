package org.tacit.bilevel;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Predicate;
import org.tacit.bilevel.BilevelProblem.OuterValue;
import org.tacit.bilevel.WarmStart.Scale;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Journal;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.solver.ResidualScale;
import org.tacit.solver.Stopping;

/**
 * theta -> L(x*(theta), theta) on some tables, as an optimiser sees it: evaluated to a tolerance,
 * from a warm start, with the outcome of every solve behind a value. Immutable: what one evaluation
 * leaves to the next is passed on by the caller.
 *
 * <p>Tolerances are relative to |F(0, theta)| ({@link WarmStart.Scale}). A value that is not
 * finite, thrown or returned, refuses its theta.
 */
public final class OuterFunction {
  private final BilevelProblem problem;
  private final DoubleFunction<LinearSolver> linearSolver;
  private final Passes passes;
  private final Bounds bounds;

  private OuterFunction(
      BilevelProblem problem,
      DoubleFunction<LinearSolver> linearSolver,
      Passes passes,
      Bounds bounds) {
    this.problem = problem;
    this.linearSolver = linearSolver;
    this.passes = passes;
    this.bounds = bounds;
  }

  /**
   * The function of a problem on the tables that {@code passes} binds, without bounds; {@code
   * linearSolver} gives the adjoint's solver for a relative tolerance.
   */
  public static OuterFunction of(
      BilevelProblem problem, DoubleFunction<LinearSolver> linearSolver, Passes passes) {
    return new OuterFunction(problem, linearSolver, passes, Bounds.NONE);
  }

  /** The same with linear systems chosen by {@link LinearSolver#auto}. */
  public static OuterFunction of(BilevelProblem problem, Passes passes) {
    return of(problem, LinearSolver::auto, passes);
  }

  /** The same on a box. */
  public OuterFunction within(Bounds box) {
    return new OuterFunction(problem, linearSolver, passes, box);
  }

  /** The same on other passes over the same tables, such as those of a solve that shares them. */
  public OuterFunction over(Passes others) {
    return new OuterFunction(problem, linearSolver, others, bounds);
  }

  Passes passes() {
    return passes;
  }

  /** The same, whose passes belong to this step. */
  OuterFunction atStep(int step) {
    return new OuterFunction(problem, linearSolver, passes.within("outer " + step), bounds);
  }

  BilevelProblem problem() {
    return problem;
  }

  /** Where it may be evaluated. */
  public Bounds bounds() {
    return bounds;
  }

  /** Passes made so far, by whatever made them. */
  long passesMade() {
    return passes.ledger().total();
  }

  void tell(OuterState.Iteration now) {
    OptionalDouble value = OptionalDouble.of(now.outerValue());
    Journal.Step step =
        new Journal.Step(now.iteration(), value, now.projectedGradientNorm(), now.passes());
    passes.tell(journal -> journal.outerStepped(step, now.innerTolerance()));
  }

  WarmStart cold() {
    return WarmStart.cold(problem.inner().condition().unknowns());
  }

  /** Solved to a tolerance, or refused before the outer value is asked for. */
  Trial converged(Matrix theta, double tolerance, WarmStart from) {
    return trial(theta, tolerance, from, Outcome::isConverged);
  }

  /** Solved as well as the budget allows, whatever the outcome. */
  Trial bestOf(Matrix theta, double tolerance, WarmStart from) {
    return trial(theta, tolerance, from, outcome -> true);
  }

  private Trial trial(Matrix theta, double tolerance, WarmStart from, Predicate<Outcome> isEnough) {
    try {
      Scale scale = scale(theta, from);
      ImplicitFunction inner = problem.inner().with(linearSolver.apply(tolerance));
      Stopping until = inner.stopping().withTolerances(tolerance, 0);
      var start = new ImplicitFunction.From(from.x(), from.nearby(), Optional.of(scale.residual()));
      ImplicitSolution solution = inner.solve(passes, theta, start, until);
      WarmStart left = from.with(solution.nearby()).with(scale.seeing(solution.x()));
      return judged(solution, left, isEnough);
    } catch (NotANumberException overflow) {
      return Trial.refused(this, Outcome.NOT_FINITE, from);
    }
  }

  private Scale scale(Matrix theta, WarmStart from) {
    Scale known = from.scale();
    boolean isNear = problem.inner().isThetaApart() || known.suitsTheta(theta);
    if (known.suits(from.x()) && isNear) {
      return known;
    }
    Matrix zeros = Matrix.zeros(from.x().rows(), 1);
    ResidualScale residual = problem.inner().reference(passes, theta, zeros);
    boolean isLess = residual.perStep() < known.residual().perStep();
    boolean isKept = isLess && (isNear || residual.norm() == 0);
    return new Scale(isKept ? known.residual() : residual, from.x().norm(), theta);
  }

  /** Closes the solution unless it is handed on. */
  private Trial judged(ImplicitSolution solution, WarmStart left, Predicate<Outcome> isEnough) {
    Outcome outcome = solution.inner().outcome();
    boolean isHandedOn = false;
    try {
      if (!isEnough.test(outcome) || !solution.x().isFinite()) {
        return Trial.refused(this, outcome, left);
      }
      var outer = problem.outerValue(passes, solution);
      isHandedOn = Double.isFinite(outer.value());
      return isHandedOn
          ? Trial.of(this, solution, outer, left)
          : Trial.refused(this, Outcome.NOT_FINITE, left);
    } finally {
      if (!isHandedOn) {
        solution.close();
      }
    }
  }

  /** How much a hypergradient that was found before is to be trusted. */
  Certificate certificate(OuterState.Point point, double tolerance) {
    ImplicitFunction inner = problem.inner().with(linearSolver.apply(tolerance));
    try (ImplicitSolution solution = inner.at(passes, point.theta(), point.inner())) {
      return problem.certificate(solution, point.hypergradient());
    }
  }

  /**
   * A theta that was tried: how its inner solve ended, and, where it can be used, the outer value
   * and what can be derived from it. Nothing is derived before it is asked for. Closing it lets go
   * of what derivatives keep beside the tables.
   */
  public static final class Trial implements AutoCloseable {
    private final OuterFunction function;
    private final Outcome outcome;
    private final WarmStart left;
    private final Optional<Solved> solved;

    private record Solved(Matrix theta, ImplicitSolution solution, OuterValue outer) {}

    private Trial(
        OuterFunction function, Outcome outcome, WarmStart left, Optional<Solved> solved) {
      this.function = function;
      this.outcome = outcome;
      this.left = left;
      this.solved = solved;
    }

    /** A theta at which there is no solution, or no outer value. */
    static Trial refused(OuterFunction function, Outcome outcome, WarmStart left) {
      return new Trial(function, outcome, left, Optional.empty());
    }

    static Trial of(
        OuterFunction function, ImplicitSolution solution, OuterValue outer, WarmStart left) {
      Outcome outcome = solution.inner().outcome();
      Solved at = new Solved(solution.theta(), solution, outer);
      return new Trial(function, outcome, left, Optional.of(at));
    }

    /** How the inner solve ended; NOT_FINITE also where the outer value is not finite. */
    public Outcome outcome() {
      return outcome;
    }

    /** L, where there is one. */
    public OptionalDouble value() {
      return solved.map(at -> OptionalDouble.of(at.outer.value())).orElse(OptionalDouble.empty());
    }

    /** What the solve, and the derivatives taken, leave to the next. */
    WarmStart left() {
      Nearby nearby = solved.map(at -> at.solution.nearby()).orElse(left.nearby());
      return left.with(nearby);
    }

    /** With its hypergradient; empty where that is not to be had or not finite. */
    Optional<OuterState.Point> differentiated() {
      return NotANumberException.orNothing(() -> solved.map(this::differentiated))
          .filter(point -> point.gradient().isFinite());
    }

    private OuterState.Point differentiated(Solved at) {
      var hypergradient = function.problem().hypergradient(at.solution, at.outer, left.adjoint());
      return new OuterState.Point(at.theta, at.solution.inner(), hypergradient);
    }

    /** How much the hypergradient at this point is to be trusted. */
    Certificate certificate(OuterState.Point point) {
      return function.problem().certificate(solution(), point.hypergradient());
    }

    /** The second derivatives at this point; empty where they are not finite. */
    Optional<OuterHessian.Value> hessian(OuterState.Point point) {
      return function.problem().hessian(solution(), point.hypergradient());
    }

    private ImplicitSolution solution() {
      return solved.orElseThrow().solution;
    }

    @Override
    public void close() {
      solved.ifPresent(at -> at.solution.close());
    }
  }
}
