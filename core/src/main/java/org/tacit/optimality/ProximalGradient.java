package org.tacit.optimality;

import java.util.List;
import org.tacit.autodiff.Vjp;
import org.tacit.operator.Structure;
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
 * state. Projected gradient is the case of a projection. Where the proximal map acts on each
 * coordinate by itself (which is found out at the solution), linear systems are those of the
 * support or the free variables only ({@link org.tacit.operator.ProximalOperator}).
 *
 * <p>The step eta changes the conditioning of A, never the derivative: near 1 / L, L being the
 * largest eigenvalue of Hess f, is best, and is chosen automatically unless given. One pass.
 * Source: arXiv 2105.15183, Table 1, rows "proximal gradient" and "projected gradient".
 */
public final class ProximalGradient {
  private ProximalGradient() {}

  private static Condition of(int n, int q, Objective of, StepSize eta) {
    Var x = Written.x(n);
    Var theta = Written.theta(q);
    Var objective = of.smooth.of(x, theta);
    Var gradient = Vjp.gradient(objective, x);
    Var step = eta.of(gradient, x, theta);
    return new Written(
        n,
        q,
        of.prox.of(x.minus(gradient.times(step)), theta, step).minus(x),
        new Composite(objective, gradient, step, of.prox, of.curvature, List.of(n)));
  }

  private record Objective(Smooth smooth, ProximalMap prox, Structure curvature) {}

  /** A smooth objective in x and theta, 1 x 1. */
  public interface Smooth {
    Var of(Var x, Var theta);
  }

  /** prox_{eta g(., theta)}(point) as a program; eta is 1 x 1. */
  public interface ProximalMap {
    Var of(Var point, Var theta, Var eta);
  }

  /** The condition on n unknowns and q parameters, with an automatic step. */
  public static Condition of(int n, int q, Smooth smooth, ProximalMap prox) {
    return of(n, q, new Objective(smooth, prox, Structure.SYMMETRIC), StepSize.automatic());
  }

  /** The condition on n unknowns and q parameters, with step {@code eta}. */
  public static Condition of(int n, int q, Smooth smooth, ProximalMap prox, double eta) {
    return of(n, q, new Objective(smooth, prox, Structure.SYMMETRIC), StepSize.of(eta));
  }

  /**
   * The condition of a convex objective with one minimiser: on the coordinates that move there, its
   * Hessian is promised to be positive definite.
   */
  public static Condition ofConvex(int n, int q, Smooth smooth, ProximalMap prox) {
    return of(n, q, new Objective(smooth, prox, Structure.POSITIVE_DEFINITE), StepSize.automatic());
  }
}
