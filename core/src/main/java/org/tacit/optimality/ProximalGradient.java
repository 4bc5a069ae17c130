package org.tacit.optimality;

import org.tacit.autodiff.Vjp;
import org.tacit.primitive.Var;

/**
 * The minimiser of f(x, theta) + g(x, theta) for a smooth f and a g with a proximal map, as the
 * fixed point
 *
 * <pre>
 *   T(x, theta) = prox_{eta g(., theta)}(x - eta grad_x f(x, theta))
 * </pre>
 *
 * so A = D prox (I - eta Hess f) - I, which is not symmetric. Valid where the proximal map is
 * differentiable at the solution; at a kink the derivative returned is the one the map's primitives
 * state. Projected gradient is the case of a projection. The step eta changes the conditioning of
 * A, never the derivative: near 1 / L, L being the largest eigenvalue of Hess f, is best. One pass.
 * Source: arXiv 2105.15183, Table 1, rows "proximal gradient" and "projected gradient".
 */
public final class ProximalGradient {
  private ProximalGradient() {}

  /** A smooth objective in x and theta, 1 x 1. */
  public interface Smooth {
    Var of(Var x, Var theta);
  }

  /** prox_{eta g(., theta)}(point) as a program. */
  public interface ProximalMap {
    Var of(Var point, Var theta, double eta);
  }

  /** The condition on n unknowns and q parameters, with step {@code eta}. */
  public static Condition of(int n, int q, Smooth smooth, ProximalMap prox, double eta) {
    if (!(eta > 0)) {
      throw new IllegalArgumentException("Invalid step: " + eta + " (must be > 0)");
    }
    return FixedPoint.of(
        n,
        q,
        (x, theta) -> {
          Var gradient = Vjp.gradient(smooth.of(x, theta), x);
          return prox.of(x.minus(gradient.times(eta)), theta, eta);
        });
  }
}
