package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.Automatic;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

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

  private final ConditionPrograms programs;
  private final CrossDerivative cross;
  private final Parameters<?> layout;
  private final Methods methods;

  private ImplicitFunction(
      ConditionPrograms programs, CrossDerivative cross, Parameters<?> layout, Methods methods) {
    this.programs = programs;
    this.cross = cross;
    this.layout = layout;
    this.methods = methods;
  }

  /** How it is solved: a solver for each theta, one for linear systems, and to what tolerance. */
  private record Methods(
      Function<Matrix, Solver> solver, LinearSolver linearSolver, Stopping stopping) {
    Methods with(LinearSolver other) {
      return new Methods(solver, other, stopping);
    }

    Methods with(Stopping other) {
      return new Methods(solver, linearSolver, other);
    }
  }

  /**
   * The implicit function of a condition, with its solver and the method for its linear systems.
   */
  public static ImplicitFunction of(
      Condition condition, Solver solver, LinearSolver linearSolver, Stopping stopping) {
    return of(condition, new Methods(theta -> solver, linearSolver, stopping));
  }

  /**
   * The same with linear systems chosen by {@link Auto} and solved to 1e-10, and solves to a
   * relative residual of 1e-10 in {@value #MAX_ITERATIONS} iterations at most.
   */
  public static ImplicitFunction of(Condition condition, Solver solver) {
    return of(condition, methods(theta -> solver));
  }

  /** The same with a solver chosen by what the condition is, {@link Automatic}. */
  public static ImplicitFunction of(Condition condition) {
    return of(condition, new Automatic());
  }

  /**
   * The same with a solver that is a function of the user's, (start, theta) -> x. Only the residual
   * at x counts ({@link Solver#returning}).
   */
  public static ImplicitFunction of(Condition condition, BinaryOperator<Matrix> solver) {
    return of(condition, methods(theta -> Solver.returning(start -> solver.apply(start, theta))));
  }

  private static Methods methods(Function<Matrix, Solver> solver) {
    return new Methods(solver, Auto.of(TOLERANCE), Stopping.relative(TOLERANCE, MAX_ITERATIONS));
  }

  private static ImplicitFunction of(Condition condition, Methods methods) {
    return new ImplicitFunction(
        ConditionPrograms.of(condition),
        new CrossDerivative(condition),
        condition.layout(),
        methods);
  }

  /** This function with another method, or tolerance, for its linear systems. */
  public ImplicitFunction with(LinearSolver other) {
    return new ImplicitFunction(programs, cross, layout, methods.with(other));
  }

  /** This function with another tolerance and budget of its solves. */
  public ImplicitFunction with(Stopping other) {
    return new ImplicitFunction(programs, cross, layout, methods.with(other));
  }

  /** This function with names for parts of theta, for conditions that are written on a vector. */
  public ImplicitFunction with(Parameters<?> theta) {
    if (theta.size() != condition().parameters()) {
      throw new IllegalArgumentException(
          "Invalid layout: "
              + theta.size()
              + " numbers (must be "
              + condition().parameters()
              + ", the length of theta)");
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

  /** The solution at theta, from a start of zeros. */
  public ImplicitSolution solve(Passes passes, Matrix theta) {
    return solve(passes, theta, Matrix.zeros(condition().unknowns(), 1));
  }

  /** The solution at theta, from {@code start}. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start) {
    return solve(passes, theta, start, stopping());
  }

  /** The solution at theta, from {@code start}, to another tolerance. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start, Stopping until) {
    requireShape("theta", theta, condition().parameters());
    requireShape("start", start, condition().unknowns());
    Solver solver = methods.solver().apply(theta);
    Solution inner = solver.solve(programs.at(passes.in("inner"), theta), start, until);
    return at(passes, theta, inner);
  }

  /** The objective at a point, where the condition is the gradient of one. One pass. */
  public OptionalDouble objective(Passes passes, Matrix theta, Matrix x) {
    return programs.at(passes.in("inner"), theta).evaluate(x).value();
  }

  /** |F(x, theta)|. One pass. */
  public double residualNorm(Passes passes, Matrix theta, Matrix x) {
    return programs.at(passes.in("inner"), theta).evaluate(x).residual().norm();
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
   * A point from anywhere as a solution: only its residual counts, relative to that at zero ({@link
   * Solver#returning}). Two passes.
   */
  public ImplicitSolution at(Passes passes, Matrix theta, Matrix x) {
    requireShape("theta", theta, condition().parameters());
    requireShape("x", x, condition().unknowns());
    Matrix zero = Matrix.zeros(condition().unknowns(), 1);
    Solution found =
        Solver.returning(x).solve(programs.at(passes.in("inner"), theta), zero, stopping());
    return at(passes, theta, found);
  }

  /**
   * A solution that something else found, such as a fitted model; its residual is taken as {@code
   * found} says.
   */
  public ImplicitSolution at(Passes passes, Matrix theta, Solution found) {
    return new ImplicitSolution(
        this,
        passes,
        theta,
        found,
        methods.linearSolver(),
        programs.at(passes.in("adjoint"), theta));
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
          "Invalid "
              + name
              + ": "
              + value.rows()
              + " x "
              + value.cols()
              + " (must be "
              + length
              + " x 1)");
    }
  }
}
