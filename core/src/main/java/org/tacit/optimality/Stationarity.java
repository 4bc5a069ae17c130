package org.tacit.optimality;

import java.util.Optional;
import java.util.function.BiFunction;
import org.tacit.autodiff.Vjp;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The minimiser, or any stationary point, of an objective: F(x, theta) = grad_x f(x, theta), so A
 * is the Hessian and symmetric. Value and gradient are one pass. Source: arXiv 2105.15183, Table 1,
 * row "stationary".
 */
public final class Stationarity implements Condition {
  private final int unknowns;
  private final Parameters<?> theta;
  private final Structure structure;
  private final Var objective;
  private final Var residual;

  private <X, T> Stationarity(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective, Structure structure) {
    this.unknowns = x.size();
    this.theta = theta;
    this.structure = structure;
    this.objective = objective.apply(x.unpack(x()), theta.unpack(theta()));
    if (!this.objective.shape().equals(Shape.SCALAR)) {
      throw new IllegalArgumentException(
          "Invalid objective: " + this.objective.shape() + " (must be 1 x 1; sum over its rows)");
    }
    this.residual = Vjp.gradient(this.objective, x());
  }

  /** Stationary points of an objective of which nothing is known but smoothness. */
  public static <X, T> Stationarity of(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective) {
    return new Stationarity(x, theta, objective, Structure.SYMMETRIC);
  }

  /**
   * The minimiser of an objective that is strongly convex in x: its Hessian is promised to be
   * positive definite.
   */
  public static <X, T> Stationarity ofStronglyConvex(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective) {
    return new Stationarity(x, theta, objective, Structure.POSITIVE_DEFINITE);
  }

  @Override
  public int unknowns() {
    return unknowns;
  }

  @Override
  public int parameters() {
    return theta.size();
  }

  @Override
  public Parameters<?> layout() {
    return theta;
  }

  @Override
  public Var residual() {
    return residual;
  }

  @Override
  public Optional<Var> objective() {
    return Optional.of(objective);
  }

  @Override
  public Structure structure() {
    return structure;
  }
}
