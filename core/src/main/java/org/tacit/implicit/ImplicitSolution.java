package org.tacit.implicit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A solution x*(theta) that can be differentiated, by one thread, until it is closed, which lets go
 * of what its derivatives keep beside the tables.
 *
 * <p>Cost: the first derivative linearises the condition (one pass); each linear iteration is one
 * pass, however many directions are asked for at once; products with B one pass.
 */
public final class ImplicitSolution implements AutoCloseable {
  private final ImplicitFunction function;
  private final Passes passes;
  private final Matrix theta;
  private final Solution inner;
  private final LinearSolver linearSolver;
  private final Problem problem;
  private Optional<ClosableOperator> operator = Optional.empty();
  private Optional<PreparedSolver> prepared = Optional.empty();
  private boolean isClosed;

  ImplicitSolution(
      ImplicitFunction function,
      Passes passes,
      Matrix theta,
      Solution inner,
      LinearSolver linearSolver,
      Problem problem) {
    this.function = function;
    this.passes = passes;
    this.theta = theta;
    this.inner = inner;
    this.linearSolver = linearSolver;
    this.problem = problem;
  }

  /** The solution with its outcome. */
  public Solution inner() {
    return inner;
  }

  /** The best x found, converged or not: ask {@link #inner} before trusting it. */
  public Matrix x() {
    return inner.value();
  }

  public Matrix theta() {
    return theta;
  }

  /** The passes it was solved with, which count what its derivatives take. */
  public Passes passes() {
    return passes;
  }

  /** What is known of A, from the derivatives taken so far or the solve: for the next theta. */
  public Nearby nearby() {
    return prepared.map(PreparedSolver::nearby).orElse(inner.nearby());
  }

  /** dx = -A^-1 B dtheta for each column of {@code tangents}, parameters x k: unknowns x k. */
  public Derivative jvp(Matrix tangents) {
    Matrix moved = function.cross().apply(passes, x(), theta, tangents);
    Solution dx = prepared().solve(moved.times(-1));
    return new Derivative(dx.value(), dx, inner.outcome());
  }

  /**
   * dx along a change of theta given part by part, by name ({@link ImplicitFunction#layout}); other
   * parts stay.
   */
  public Derivative jvp(Map<String, Matrix> tangent) {
    return jvp(function.layout().packWithZeros(tangent));
  }

  /**
   * B' u with A' u = -cotangent, the cotangent of theta, for each column of {@code cotangents}:
   * parameters x k.
   */
  public Derivative vjp(Matrix cotangents) {
    Solution u = adjoint(cotangents, Matrix.zeros(cotangents.rows(), cotangents.cols()));
    return new Derivative(throughTheta(u.value()), u, inner.outcome());
  }

  /** The part of {@link #vjp(Matrix)} that is the cotangent of this part of theta. */
  public Derivative vjp(String part, Matrix cotangents) {
    Derivative whole = vjp(cotangents);
    Matrix rows = function.layout().part(part, whole.value());
    return new Derivative(rows, whole.linearSolve(), whole.inner());
  }

  /** The certificate of {@code vjp}, made for one cotangent, by {@link ErrorBound}. */
  public Certificate certificate(Matrix cotangent, Derivative vjp) {
    Var symbol = Var.input("cotangent", Shape.of(cotangent.rows(), 1));
    return ErrorBound.of(function.condition(), function.condition().x().dot(symbol))
        .of(this, vjp.linearSolve(), vjp.value().norm(), Map.of("cotangent", cotangent));
  }

  /** The certificate of {@code jvp}, made for one tangent, by {@link ErrorBound}. */
  public Certificate certificateAlong(Matrix tangent, Derivative jvp) {
    Var symbol = Var.input("tangent", Shape.of(tangent.rows(), 1));
    return ErrorBound.along(function.condition(), symbol)
        .of(this, jvp.linearSolve(), jvp.value().norm(), Map.of("tangent", tangent));
  }

  /** B' u for each column u, parameters x k. One pass at most. */
  public Matrix throughTheta(Matrix u) {
    return function.cross().applyTransposed(passes, x(), theta, u);
  }

  /** The adjoint u with A' u = -cotangent for each column, from {@code start}. */
  public Solution adjoint(Matrix cotangents, Matrix start) {
    return prepared().solveTransposed(cotangents.times(-1), start);
  }

  /** A^-1 or A'^-1 on each column. */
  Solution inverse(Matrix rightSides, boolean transposed) {
    return transposed ? prepared().solveTransposed(rightSides) : prepared().solve(rightSides);
  }

  /** Another point, with a system of its own. */
  ImplicitSolution beside(Solution there, Matrix otherTheta) {
    return function.at(passes, otherTheta, there);
  }

  /**
   * dx*, unknowns x parameters, by forward or reverse mode, whichever solves for fewer right-hand
   * sides; all of them share passes.
   */
  public Derivative jacobian() {
    return theta.rows() <= x().rows()
        ? jvp(Matrix.identity(theta.rows()))
        : transposed(vjp(Matrix.identity(x().rows())));
  }

  /**
   * The columns of dx* that belong to this part of theta, unknowns x its size, its elements row
   * after row. Solves for no other columns.
   */
  public Derivative jacobian(String part) {
    Matrix directions = function.layout().directions(part);
    return directions.cols() <= x().rows()
        ? jvp(directions)
        : transposed(vjp(part, Matrix.identity(x().rows())));
  }

  private static Derivative transposed(Derivative rows) {
    return new Derivative(rows.value().transpose(), rows.linearSolve(), rows.inner());
  }

  /**
   * The objective and the residual at x with auxiliary values, written in the condition's symbols x
   * and theta, beside them: all in one pass. Whatever was written on the way to an objective can be
   * asked for. Source: has_aux of JAX.
   */
  public Evaluation evaluate(Map<String, Var> auxiliary) {
    Condition condition = function.condition();
    Map<String, Node> outputs = new LinkedHashMap<>();
    auxiliary.forEach((name, value) -> outputs.put("auxiliary " + name, value.node()));
    outputs.put("residual", condition.residual().node());
    condition.kind().objective().ifPresent(f -> outputs.put("objective", f.node()));
    Map<String, Matrix> values =
        passes.in("outer").evaluate(Program.of(outputs), Map.of("x", x(), "theta", theta));
    Map<String, Matrix> named = new LinkedHashMap<>();
    auxiliary.keySet().forEach(name -> named.put(name, values.get("auxiliary " + name)));
    Matrix objective = values.get("objective");
    return new Evaluation(
        objective == null ? OptionalDouble.empty() : OptionalDouble.of(objective.value()),
        values.get("residual"),
        named);
  }

  /**
   * What {@link #evaluate} returns.
   *
   * @param objective where the condition is the gradient of one
   * @param residual F, unknowns x 1
   * @param auxiliary the values asked for, by name
   */
  public record Evaluation(
      OptionalDouble objective, Matrix residual, Map<String, Matrix> auxiliary) {
    public Evaluation {
      auxiliary = Map.copyOf(auxiliary);
    }
  }

  private PreparedSolver prepared() {
    if (isClosed) {
      throw new IllegalStateException(
          "Invalid solution: it is closed (take its derivatives before)");
    }
    if (prepared.isEmpty()) {
      ClosableOperator jacobian = problem.jacobian(x());
      operator = Optional.of(jacobian);
      prepared = Optional.of(linearSolver.near(inner.nearby()).prepare(jacobian));
    }
    return prepared.get();
  }

  @Override
  public void close() {
    isClosed = true;
    operator.ifPresent(ClosableOperator::close);
    operator = Optional.empty();
    prepared = Optional.empty();
  }
}
