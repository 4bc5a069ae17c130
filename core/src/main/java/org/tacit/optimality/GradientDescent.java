package org.tacit.optimality;

import org.tacit.autodiff.Vjp;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

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
public final class GradientDescent {
  private GradientDescent() {}

  /** The condition on n unknowns and q parameters, with a step near 1 / L. */
  public static Condition of(int n, int q, ProximalGradient.Smooth smooth) {
    return of(n, q, smooth, StepSize.automatic());
  }

  /** The condition on n unknowns and q parameters, with step {@code eta}. */
  public static Condition of(int n, int q, ProximalGradient.Smooth smooth, double eta) {
    return of(n, q, smooth, StepSize.of(eta));
  }

  private static Condition of(int n, int q, ProximalGradient.Smooth smooth, StepSize eta) {
    return Root.of(
        Parameters.vector(n),
        Parameters.vector(q),
        Structure.SYMMETRIC,
        (x, theta) -> {
          Var gradient = Vjp.gradient(smooth.of(x, theta), x);
          return gradient.times(eta.of(gradient, x, theta)).negate();
        });
  }
}
