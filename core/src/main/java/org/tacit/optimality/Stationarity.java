package org.tacit.optimality;

import java.util.function.BiFunction;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The minimiser, or any stationary point, of an objective: F(x, theta) = grad_x f(x, theta), so A
 * is the Hessian and symmetric. Value and gradient are one pass. Source: arXiv 2105.15183, Table 1,
 * row "stationary".
 */
public final class Stationarity {
  private Stationarity() {}

  /** Stationary points of an objective of which nothing is known but smoothness. */
  public static <X, T> Condition of(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective) {
    return of(x, theta, objective, Structure.SYMMETRIC);
  }

  /**
   * The minimiser of an objective that is strongly convex in x: its Hessian is promised to be
   * positive definite.
   */
  public static <X, T> Condition ofStronglyConvex(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective) {
    return of(x, theta, objective, Structure.POSITIVE_DEFINITE);
  }

  private static <X, T> Condition of(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> objective, Structure structure) {
    Var f = Written.of(x, theta, objective);
    return new Written(
        Matrix.zeros(x.size(), 1),
        theta,
        structure,
        gradient(f, Written.x(x.size())),
        new Condition.Gradient(f));
  }

  /** grad_x f of an f that must be 1 x 1. */
  static Var gradient(Var f, Var x) {
    return Vjp.gradient(scalar(f), x);
  }

  /** An f that must be 1 x 1. */
  static Var scalar(Var f) {
    Shape.require(
        f.shape().isScalar(),
        "Invalid objective: %s (must be 1 x 1; sum over its rows)",
        f.shape());
    return f;
  }
}
