package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A fixed point x = T(x, theta), as the equation T(x, theta) - x = 0: A = d1T - I and B = d2T.
 * Source: arXiv 2105.15183, section 2.1.
 */
public final class FixedPoint {
  private FixedPoint() {}

  /** The condition of the map T, written on flat vectors of n and q numbers. */
  public static Condition of(int n, int q, BiFunction<Var, Var, Var> map) {
    return Root.of(
        Parameters.vector(n), Parameters.vector(q), (x, theta) -> map.apply(x, theta).minus(x));
  }

  /**
   * A stationary point of a smooth f(x, theta), 1 x 1, as the fixed point of a gradient step
   *
   * <pre>
   *   T(x, theta) = x - eta grad_x f(x, theta)
   * </pre>
   *
   * so F = T - x = -eta grad f and A = -eta Hess f, symmetric. The step scales A and B alike: the
   * derivative is that of {@link Stationarity}, whatever eta. For solvers that iterate T, which
   * contract for eta &lt; 2 / L, L being the largest eigenvalue of Hess f. One pass. Source: arXiv
   * 2105.15183, section 2.2, equation (5).
   */
  public static Condition ofGradientStep(int n, int q, ProximalGradient.Smooth smooth, double eta) {
    return ofGradientStep(n, q, smooth, StepSize.of(eta));
  }

  /** The same with a step near 1 / L. */
  public static Condition ofGradientStep(int n, int q, ProximalGradient.Smooth smooth) {
    return ofGradientStep(n, q, smooth, StepSize.automatic());
  }

  private static Condition ofGradientStep(
      int n, int q, ProximalGradient.Smooth smooth, StepSize eta) {
    return Root.of(
        Parameters.vector(n),
        Parameters.vector(q),
        Structure.SYMMETRIC,
        (x, theta) -> {
          Var gradient = Vjp.gradient(smooth.of(x, theta), x);
          return gradient.times(eta.of(gradient, x, theta)).negate();
        });
  }

  /**
   * A root of G(x, theta), n x 1, as the fixed point of a Newton step
   *
   * <pre>
   *   T(x, theta) = x - eta [d1G(x, theta)]^-1 G(x, theta)
   * </pre>
   *
   * At the root A = -eta I and B = -eta [d1G]^-1 d2G, so that the linear system of the derivative
   * is solved beforehand, inside B. The Jacobian d1G is built whole, in one pass, and so has as
   * many unknowns at most as the driver holds the matrix of ({@link Cost#MOST_UNKNOWNS}); where it
   * is singular the residual is not a number. One pass, of n products. Source: arXiv 2105.15183,
   * Table 1, row "Newton".
   *
   * @param g G; that of a stationary point of f is grad_x f
   */
  public static Condition ofNewtonStep(int n, int q, BiFunction<Var, Var, Var> g, double eta) {
    double step = StepSize.require(eta);
    if (n > Cost.MOST_UNKNOWNS) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid unknowns: %s (must be at most %s for a dense Jacobian; use Root or"
                  + " Stationarity)",
              n, Cost.MOST_UNKNOWNS));
    }
    return of(
        n,
        q,
        (x, theta) -> {
          Var value = g.apply(x, theta);
          return x.minus(jacobian(value, x).solve(value).times(step));
        });
  }

  private static Var jacobian(Var value, Var x) {
    Matrix identity = Matrix.identity(x.shape().size());
    List<Var> columns = new ArrayList<>();
    for (int j = 0; j < identity.cols(); j++) {
      columns.add(Jvp.of(value, x, Var.constant(identity.columnAt(j))));
    }
    return Var.concatenate(Side.COLS, columns);
  }
}
