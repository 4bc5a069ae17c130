package org.tacit.implicit;

import java.util.Map;
import java.util.Optional;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * A solution x*(theta) that can be differentiated. Closing it lets go of what its derivatives keep
 * beside the tables.
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

  /** dx = -A^-1 B dtheta for each column of {@code tangents}, parameters x k: unknowns x k. */
  public Derivative jvp(Matrix tangents) {
    Matrix moved = function.cross().apply(passes, x(), theta, tangents);
    Solution dx = prepared().solve(moved.times(-1));
    return new Derivative(dx.value(), dx, inner.outcome());
  }

  /**
   * B' u with A' u = -cotangent, the cotangent of theta, for each column of {@code cotangents}:
   * parameters x k.
   */
  public Derivative vjp(Matrix cotangents) {
    Solution u = adjoint(cotangents, Matrix.zeros(cotangents.rows(), cotangents.cols()));
    return new Derivative(throughTheta(u.value()), u, inner.outcome());
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

  /**
   * dx*, unknowns x parameters, by forward or reverse mode, whichever solves for fewer right-hand
   * sides; all of them share passes.
   */
  public Derivative jacobian() {
    int parameters = theta.rows();
    int unknowns = x().rows();
    if (parameters <= unknowns) {
      return jvp(Matrix.identity(parameters));
    }
    Derivative rows = vjp(Matrix.identity(unknowns));
    return new Derivative(rows.value().transpose(), rows.linearSolve(), inner.outcome());
  }

  private PreparedSolver prepared() {
    if (prepared.isEmpty()) {
      ClosableOperator jacobian = problem.jacobian(x());
      operator = Optional.of(jacobian);
      prepared = Optional.of(linearSolver.prepare(jacobian));
    }
    return prepared.get();
  }

  @Override
  public void close() {
    operator.ifPresent(ClosableOperator::close);
    operator = Optional.empty();
    prepared = Optional.empty();
  }
}
