package org.tacit.optimality;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The minimiser of a sum of squares, f(x, theta) = 1/2 sum of |r_i(x, theta)|^2, each r_i of any
 * shape, sharded by rows or not (the rows' errors, the square root of a penalty): F = grad_x f =
 * sum of J_i' r_i, A its Hessian, whole and symmetric.
 *
 * <p>Gauss-Newton methods also find the products J'J v here, one pass each. They steer the solver
 * only: a derivative by J'J alone would be wrong where the errors are not zero. Source: Nocedal and
 * Wright, Numerical Optimization, 2nd ed., section 10.1; arXiv 2105.15183, Table 1, row
 * "stationary".
 */
public final class LeastSquares implements Condition {
  private final Stationarity stationarity;
  private final List<Var> squares;

  private LeastSquares(Stationarity stationarity, List<Var> squares) {
    this.stationarity = stationarity;
    this.squares = squares;
  }

  /** The condition of one r. */
  public static <X, T> LeastSquares of(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> error) {
    return ofParts(x, theta, (a, b) -> List.of(error.apply(a, b)));
  }

  /** The condition of several r_i, such as the errors of the rows and those of a prior. */
  public static <X, T> LeastSquares ofParts(
      Parameters<X> x, Parameters<T> theta, BiFunction<X, T, List<Var>> errors) {
    Stationarity stationarity =
        Stationarity.of(x, theta, (a, b) -> halfSquared(errors.apply(a, b)));
    List<Var> squares =
        errors.apply(x.unpack(stationarity.x()), theta.unpack(stationarity.theta()));
    return new LeastSquares(stationarity, List.copyOf(squares));
  }

  private static Var halfSquared(List<Var> errors) {
    if (errors.isEmpty()) {
      throw new IllegalArgumentException("Invalid errors: none (must be one part at least)");
    }
    return errors.stream().map(r -> r.square().sum()).reduce(Var::plus).orElseThrow().times(0.5);
  }

  /** J'J v, n x 1, for a symbol v. */
  static Var normalProduct(Condition condition, Var v) {
    Var x = condition.x();
    return condition.squares().stream()
        .map(r -> Vjp.of(List.of(r), List.of(x), List.of(Jvp.of(r, x, v))).get(0))
        .reduce(Var::plus)
        .orElse(Var.zero(Shape.of(condition.unknowns(), 1)));
  }

  @Override
  public List<Var> squares() {
    return squares;
  }

  @Override
  public int unknowns() {
    return stationarity.unknowns();
  }

  @Override
  public int parameters() {
    return stationarity.parameters();
  }

  @Override
  public Parameters<?> layout() {
    return stationarity.layout();
  }

  @Override
  public Var residual() {
    return stationarity.residual();
  }

  @Override
  public Optional<Var> objective() {
    return stationarity.objective();
  }

  @Override
  public Structure structure() {
    return stationarity.structure();
  }
}
