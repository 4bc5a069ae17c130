package org.tacit.optimality;

import java.util.List;
import java.util.function.BiFunction;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.loss.Robust;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * The minimiser of a sum of squares, f(x, theta) = 1/2 sum of |r_i(x, theta)|^2, each r_i of any
 * shape, sharded by rows or not (the rows' errors, the square root of a penalty): F = grad_x f =
 * sum of J_i' r_i, A its Hessian, whole and symmetric. Or of squares under {@link Robust} losses,
 * 1/2 sum of C^2 rho(r^2 / C^2).
 *
 * <p>Gauss-Newton methods also find the products J'W J v here, W = rho'(r^2 / C^2), one pass each:
 * f lies below the quadratic of these curvatures where r is affine. They steer the solver only: a
 * derivative by J'J alone would be wrong where the errors are not zero. Source: Nocedal and Wright,
 * Numerical Optimization, 2nd ed., section 10.1; arXiv 2105.15183, Table 1, row "stationary".
 */
public final class LeastSquares {
  private LeastSquares() {}

  /** The condition of one r. */
  public static <X, T> Condition of(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> error) {
    return ofParts(x, theta, (a, b) -> List.of(error.apply(a, b)));
  }

  /** The condition of several r_i, such as the errors of the rows and those of a prior. */
  public static <X, T> Condition ofParts(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, List<Var>> errors) {
    return ofRobustParts(
        x, theta, (a, b) -> errors.apply(a, b).stream().map(Robust.NONE::of).toList());
  }

  /** The condition of one r under a robust loss, as in {@code Robust.CAUCHY.of(r, scale)}. */
  public static <X, T> Condition ofRobust(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Robust.Errors> error) {
    return ofRobustParts(x, theta, (a, b) -> List.of(error.apply(a, b)));
  }

  /** The condition of several r_i, each under a loss of its own or {@link Robust#NONE}. */
  public static <X, T> Condition ofRobustParts(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, List<Robust.Errors>> errors) {
    Var symbol = Written.x(x.size());
    List<Robust.Errors> written =
        List.copyOf(errors.apply(x.unpack(symbol), theta.unpack(Written.theta(theta.size()))));
    Var f = halfSquared(written);
    return new Written(
        Matrix.zeros(x.size(), 1),
        theta,
        Structure.SYMMETRIC,
        Stationarity.gradient(f, symbol),
        new Condition.Squares(f, v -> products(written, symbol, v)));
  }

  private static Var halfSquared(List<Robust.Errors> errors) {
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("Invalid errors: none (must be one part at least)");
    }
    return errors.stream().map(Robust.Errors::squared).reduce(Var::plus).orElseThrow().times(0.5);
  }

  private static Var products(List<Robust.Errors> errors, Var x, Var v) {
    return errors.stream().map(part -> curvatureAlong(v, x, part)).reduce(Var::plus).orElseThrow();
  }

  /** J'W J v of one part. */
  private static Var curvatureAlong(Var v, Var x, Robust.Errors part) {
    Var r = part.values();
    Var moved = Jvp.of(r, x, v);
    Var weighted = part.loss() == Robust.NONE ? moved : moved.times(part.weight());
    return Vjp.of(List.of(r), List.of(x), List.of(weighted)).get(0);
  }
}
