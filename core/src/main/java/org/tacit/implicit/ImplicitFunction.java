package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Journal;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.ResidualScale;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.solver.SuitedStep;

/**
 * The function theta -> x*(theta) that a condition F(x*, theta) = 0 defines, with a solver that
 * finds x* and a linear solver for its derivatives, chosen independently of each other.
 *
 * <p>Derivatives follow from A dx + B dtheta = 0, where A = d1F and B = d2F at the solution, and
 * never from the solver's steps. Source: arXiv 2105.15183, section 2.
 */
public final class ImplicitFunction {
  private static final double TOLERANCE = 1e-10;
  private static final int MAX_ITERATIONS = 500;

  private final ReadyCondition programs;
  private final CrossDerivative cross;
  private final Parameters<?> layout;
  private final Methods methods;

  private ImplicitFunction(
      ReadyCondition programs, CrossDerivative cross, Parameters<?> layout, Methods methods) {
    this.programs = programs;
    this.cross = cross;
    this.layout = layout;
    this.methods = methods;
  }

  /** What finds a solution: a solver, or a user's function of start and theta. */
  private interface Finder {
    Solution find(Problem problem, Matrix theta, Matrix start, Stopping until, Nearby nearby);

    static Finder of(Solver solver) {
      return (problem, theta, start, until, nearby) ->
          solver.near(nearby).solve(problem, start, until);
    }
  }

  /** How it is solved, and its linear systems, and to what tolerance. */
  private record AtTheta(Finder finder, Matrix theta, Nearby nearby) implements Solver {
    @Override
    public String name() {
      return "solver at theta";
    }

    @Override
    public Solution solve(Problem problem, Matrix start, Stopping until) {
      return finder.find(problem, theta, start, until, nearby);
    }
  }

  private record Methods(Finder finder, LinearSolver linearSolver, Stopping stopping) {
    static Methods of(Finder finder) {
      return new Methods(
          finder, LinearSolver.auto(TOLERANCE), Stopping.relative(TOLERANCE, MAX_ITERATIONS));
    }
  }

  /**
   * The implicit function of a condition, with its solver and the method for its linear systems.
   */
  public static ImplicitFunction of(
      Condition condition, Solver solver, LinearSolver linearSolver, Stopping stopping) {
    return of(condition, new Methods(Finder.of(solver), linearSolver, stopping));
  }

  /**
   * The same with linear systems chosen by {@link LinearSolver#auto} and solved to 1e-10, and
   * solves to a relative residual of 1e-10 in {@value #MAX_ITERATIONS} iterations at most.
   */
  public static ImplicitFunction of(Condition condition, Solver solver) {
    return of(condition, Methods.of(Finder.of(solver)));
  }

  /** The same with a solver chosen by what the condition is, {@link Solver#automatic}. */
  public static ImplicitFunction of(Condition condition) {
    return of(condition, Solver.automatic());
  }

  /**
   * The same with a solver that is a function of the user's, (start, theta) -> x. Only the residual
   * at x counts, relative to that at the start or to its change along x, whichever is more.
   */
  public static ImplicitFunction of(Condition condition, BinaryOperator<Matrix> solver) {
    return of(
        condition,
        Methods.of(
            (problem, theta, start, until, nearby) ->
                until.judged(problem, solver.apply(start, theta), start)));
  }

  private static ImplicitFunction of(Condition condition, Methods methods) {
    return new ImplicitFunction(
        ReadyCondition.of(condition), new CrossDerivative(condition), condition.layout(), methods);
  }

  /** This function with another method, or tolerance, for its linear systems. */
  public ImplicitFunction with(LinearSolver other) {
    return new ImplicitFunction(
        programs, cross, layout, new Methods(methods.finder(), other, stopping()));
  }

  /** This function with another tolerance and budget of its solves. */
  public ImplicitFunction with(Stopping other) {
    return new ImplicitFunction(
        programs, cross, layout, new Methods(methods.finder(), methods.linearSolver(), other));
  }

  /** This function with names for parts of theta, for conditions that are written on a vector. */
  public ImplicitFunction with(Parameters<?> theta) {
    if (theta.size() != condition().parameters()) {
      throw new IllegalArgumentException(
          "Invalid layout: %s numbers (must be %s, the length of theta)"
              .formatted(theta.size(), condition().parameters()));
    }
    return new ImplicitFunction(programs, cross, theta, methods);
  }

  public Condition condition() {
    return programs.condition();
  }

  /** The names and shapes of the parts of theta. */
  public Parameters<?> layout() {
    return layout;
  }

  CrossDerivative cross() {
    return cross;
  }

  /** The solution at theta of a condition that reads no table, from a start of zeros. */
  public ImplicitSolution solve(Matrix theta) {
    return solve(Passes.none(), theta);
  }

  /** The same from {@code start}. */
  public ImplicitSolution solve(Matrix theta, Matrix start) {
    return solve(Passes.none(), theta, start);
  }

  /** The same at a theta given part by part, by name ({@link #layout}). */
  public ImplicitSolution solve(Map<String, Matrix> theta) {
    return solve(Passes.none(), theta);
  }

  /** The solution at a theta given part by part, by name ({@link #layout}). */
  public ImplicitSolution solve(Passes passes, Map<String, Matrix> theta) {
    return solve(passes, layout.pack(theta));
  }

  /** The solution at theta, from the condition's start: zeros unless it says otherwise. */
  public ImplicitSolution solve(Passes passes, Matrix theta) {
    return solve(passes, theta, condition().start());
  }

  /** The solution at theta, from {@code start}. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start) {
    return solve(passes, theta, start, stopping());
  }

  /** The solution at theta, from {@code start}, to another tolerance. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start, Stopping until) {
    return solve(passes, theta, start, until, Nearby.NOTHING);
  }

  /**
   * The same with what a solution at another theta has left ({@link ImplicitSolution#nearby}),
   * which saves passes and changes nothing beyond the tolerance.
   */
  public ImplicitSolution solve(
      Passes passes, Matrix theta, Matrix start, Stopping until, Nearby nearby) {
    return solve(passes, theta, new From(start, nearby, Optional.empty()), until);
  }

  /**
   * Where a solve begins.
   *
   * @param nearby what a solution at another theta has left
   * @param reference what tolerances are relative to; empty for F at x
   */
  public record From(Matrix x, Nearby nearby, Optional<ResidualScale> reference) {}

  /** The solution at theta, from there. */
  public ImplicitSolution solve(Passes passes, Matrix theta, From start, Stopping until) {
    requireShape("theta", theta, condition().parameters());
    requireShape("start", start.x, condition().unknowns());
    Solver solver = new AtTheta(methods.finder(), theta, start.nearby.fromElsewhere());
    SuitedStep.Start from = new SuitedStep.Start(solver, start.x, start.reference);
    Passes own = passes.recalling();
    Passes here = own.in("inner");
    SuitedStep found = SuitedStep.of(programs, here, theta, from, told(here, until));
    return at(own, theta, found.solution(), found.step());
  }

  /** The same solve, of whose steps the journals are told. */
  private static Stopping told(Passes passes, Stopping until) {
    return until.withListener(
        now ->
            passes.tell(
                journal ->
                    journal.solveStepped(
                        new Journal.Step(
                            now.iteration(), now.value(), now.residualNorm(), now.passes()))));
  }

  /**
   * The solution of a condition whose tables are those made for the x that they are asked for, such
   * as those of lists of neighbours; it is differentiated on those made for it.
   */
  public ImplicitSolution solve(Function<Matrix, Passes> tables, Matrix theta, Matrix start) {
    Problem problem = programs.following(at -> tables.apply(at).in("inner"), theta);
    Solution found =
        new AtTheta(methods.finder(), theta, Nearby.NOTHING).solve(problem, start, stopping());
    return at(tables.apply(found.value()), theta, found);
  }

  /** The objective at a point, where the condition is the gradient of one. One pass. */
  public OptionalDouble objective(Passes passes, Matrix theta, Matrix x) {
    return programs.at(passes.in("inner"), theta).evaluate(x).value();
  }

  /** Whether what theta does to F does not depend on rows, as a penalty does not. */
  public boolean isThetaApart() {
    return programs.isThetaApart();
  }

  /** |F(x, theta)|. One pass. */
  public double residualNorm(Passes passes, Matrix theta, Matrix x) {
    return programs.at(passes.in("inner"), theta).evaluate(x).residual().norm();
  }

  /** The same, which tolerances of solves from other points are relative to. One pass. */
  public ResidualScale reference(Passes passes, Matrix theta, Matrix x) {
    AnchoredStep step = programs.step(theta);
    return ResidualScale.at(x, programs.at(passes.in("inner"), theta, step), step);
  }

  /** The tolerance and budget of its solves. */
  public Stopping stopping() {
    return methods.stopping();
  }

  /** A point from anywhere as a solution, of a condition that reads no table. */
  public ImplicitSolution at(Matrix theta, Matrix x) {
    return at(Passes.none(), theta, x);
  }

  /**
   * A point from anywhere as a solution: only its residual counts, relative to that at a start or
   * to its change along x, whichever is more. Three passes at most.
   */
  public ImplicitSolution at(Passes passes, Matrix theta, Matrix x) {
    requireShape("theta", theta, condition().parameters());
    requireShape("x", x, condition().unknowns());
    Passes own = passes.recalling();
    Problem problem = programs.at(own.in("inner"), theta);
    return at(own, theta, stopping().judged(problem, x, condition().start()));
  }

  /**
   * A solution that something else found, such as a fitted model; its residual is taken as {@code
   * found} says.
   */
  public ImplicitSolution at(Passes passes, Matrix theta, Solution found) {
    return at(passes.recalling(), theta, found, programs.step(theta));
  }

  private ImplicitSolution at(Passes passes, Matrix theta, Solution found, AnchoredStep step) {
    return new ImplicitSolution(
        this,
        held(step, passes, found.value()),
        theta,
        found,
        methods.linearSolver(),
        programs.at(passes.in("adjoint"), theta, step));
  }

  /** Where the solve failed at its start there may be no step, and then no derivative either. */
  private static Passes held(AnchoredStep step, Passes passes, Matrix x) {
    try {
      return step.held(passes, x);
    } catch (NotANumberException overflow) {
      return passes;
    }
  }

  /**
   * The solution as a value of a larger program, differentiable in {@code theta} to any order. The
   * program is evaluated on passes that bind the condition's tables too. A solve that does not
   * converge throws.
   */
  public Var value(Var theta) {
    return Var.apply(new SolutionValue(this), List.of(theta));
  }

  private static void requireShape(String name, Matrix value, int length) {
    if (value.rows() != length || value.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid %s: %s x %s (must be %s x 1)"
              .formatted(name, value.rows(), value.cols(), length));
    }
  }
}
