package org.tacit.implicit;

import java.util.List;
import java.util.OptionalDouble;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
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
  private final Condition condition;
  private final ConditionPrograms programs;
  private final CrossDerivative cross;
  private final Solver solver;
  private final LinearSolver linearSolver;
  private final Stopping stopping;

  private ImplicitFunction(
      ConditionPrograms programs,
      CrossDerivative cross,
      Solver solver,
      LinearSolver linearSolver,
      Stopping stopping) {
    this.condition = programs.condition();
    this.programs = programs;
    this.cross = cross;
    this.solver = solver;
    this.linearSolver = linearSolver;
    this.stopping = stopping;
  }

  /**
   * The implicit function of a condition, with its solver and the method for its linear systems.
   */
  public static ImplicitFunction of(
      Condition condition, Solver solver, LinearSolver linearSolver, Stopping stopping) {
    return new ImplicitFunction(
        ConditionPrograms.of(condition),
        new CrossDerivative(condition),
        solver,
        linearSolver,
        stopping);
  }

  /** This function with another method, or tolerance, for its linear systems. */
  public ImplicitFunction with(LinearSolver other) {
    return new ImplicitFunction(programs, cross, solver, other, stopping);
  }

  public Condition condition() {
    return condition;
  }

  CrossDerivative cross() {
    return cross;
  }

  /** The solution at theta, from a start of zeros. */
  public ImplicitSolution solve(Passes passes, Matrix theta) {
    return solve(passes, theta, Matrix.zeros(condition.unknowns(), 1));
  }

  /** The solution at theta, from {@code start}. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start) {
    return solve(passes, theta, start, stopping);
  }

  /** The solution at theta, from {@code start}, to another tolerance. */
  public ImplicitSolution solve(Passes passes, Matrix theta, Matrix start, Stopping until) {
    requireShape("theta", theta, condition.parameters());
    requireShape("start", start, condition.unknowns());
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
    return stopping;
  }

  /**
   * A solution that something else found, such as a fitted model; its residual is taken as {@code
   * found} says.
   */
  public ImplicitSolution at(Passes passes, Matrix theta, Solution found) {
    return new ImplicitSolution(
        this, passes, theta, found, linearSolver, programs.at(passes.in("adjoint"), theta));
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
