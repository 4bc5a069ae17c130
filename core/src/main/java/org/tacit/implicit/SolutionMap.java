package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * What is wanted of a solution: W(x*(theta), theta), such as primal coefficients from dual ones. As
 * one column of m numbers, row after row, with
 *
 * <pre>
 *   dW = d1W dx* + d2W dtheta,    A dx* + B dtheta = 0
 * </pre>
 *
 * Cost: that of the solution's derivative and one pass more. Source: arXiv 2105.15183, section 2.1,
 * "post-processing".
 */
public final class SolutionMap {
  private static final String TANGENT_OF_X = "tangent of x";
  private static final String TANGENT_OF_THETA = "tangent of theta";
  private static final String COTANGENT = "cotangent";

  private final ImplicitFunction function;
  private final Var map;
  private final Program value;
  private final Program forward;
  private final Program reverse;

  private SolutionMap(ImplicitFunction function, Var map) {
    this.function = function;
    this.map = map;
    Var x = function.condition().x();
    Var theta = function.condition().theta();
    Var tangentOfX = Var.input(TANGENT_OF_X, x.shape());
    Var tangentOfTheta = Var.input(TANGENT_OF_THETA, theta.shape());
    Var cotangent = Var.input(COTANGENT, map.shape());
    List<Var> back = Vjp.of(List.of(map), List.of(x, theta), List.of(cotangent));
    this.value = Program.of("value", map.node());
    this.forward =
        Program.of(
            "value",
            Jvp.of(List.of(map), Map.of(x, tangentOfX, theta, tangentOfTheta)).get(0).node());
    this.reverse = Program.of("x", back.get(0).node(), "theta", back.get(1).node());
  }

  /**
   * Of a function's solutions, {@code w} being a program of (x, theta) whose value is replicated.
   */
  public static SolutionMap of(ImplicitFunction function, BiFunction<Var, Var, Var> w) {
    Condition condition = function.condition();
    Var map = w.apply(condition.x(), condition.theta());
    if (map.shape().isSharded()) {
      throw new IllegalArgumentException(
          "Invalid map of a solution: " + map.shape() + " (must be replicated; sum over its rows)");
    }
    return new SolutionMap(function, map.reshape(Shape.of(map.shape().size(), 1)));
  }

  /** W(x*, theta), m x 1. */
  public Matrix value(ImplicitSolution solution) {
    return passes(solution).evaluate(value, point(solution)).get("value");
  }

  /** dW for each column of {@code tangents}, parameters x k: m x k. */
  public Derivative jvp(ImplicitSolution solution, Matrix tangents) {
    Derivative dx = solution.jvp(tangents);
    Map<String, Matrix> directions = Map.of(TANGENT_OF_X, dx.value(), TANGENT_OF_THETA, tangents);
    Matrix moved = passes(solution).columns(forward, point(solution), directions).get("value");
    return new Derivative(moved, dx.linearSolve(), dx.inner());
  }

  /** dW' u for each column u of {@code cotangents}, m x k: parameters x k. */
  public Derivative vjp(ImplicitSolution solution, Matrix cotangents) {
    Map<String, Matrix> back =
        passes(solution).columns(reverse, point(solution), Map.of(COTANGENT, cotangents));
    Derivative through = solution.vjp(back.get("x"));
    return new Derivative(
        through.value().plus(back.get("theta")), through.linearSolve(), through.inner());
  }

  /** dW, m x parameters, by forward or reverse mode, whichever has fewer right-hand sides. */
  public Derivative jacobian(ImplicitSolution solution) {
    int parameters = function.condition().parameters();
    int m = map.shape().size();
    if (parameters <= m) {
      return jvp(solution, Matrix.identity(parameters));
    }
    Derivative rows = vjp(solution, Matrix.identity(m));
    return new Derivative(rows.value().transpose(), rows.linearSolve(), rows.inner());
  }

  /** W(x*(theta), theta) as a value of a larger program, differentiable to any order. */
  public Var value(Var theta) {
    Condition condition = function.condition();
    return Substitution.in(
        map, Map.of(condition.x(), function.value(theta), condition.theta(), theta));
  }

  private Map<String, Matrix> point(ImplicitSolution solution) {
    Condition condition = function.condition();
    if (solution.x().rows() != condition.unknowns()
        || solution.theta().rows() != condition.parameters()) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid solution: it is of another function, with %s unknowns and %s parameters"
                  + " (must be %s and %s)",
              solution.x().rows(),
              solution.theta().rows(),
              condition.unknowns(),
              condition.parameters()));
    }
    return Map.of("x", solution.x(), "theta", solution.theta());
  }

  private static Passes passes(ImplicitSolution solution) {
    return solution.passes().in("map of the solution");
  }
}
