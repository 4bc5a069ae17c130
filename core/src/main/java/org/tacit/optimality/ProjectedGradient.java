package org.tacit.optimality;

import java.util.function.Function;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;

/**
 * The minimiser of a smooth f(x, theta) over a convex set C(theta), as the fixed point
 *
 * <pre>
 *   T(x, theta) = proj_{C(theta)}(x - eta grad_x f(x, theta))
 * </pre>
 *
 * the case of {@link ProximalGradient} where g is 0 on C and infinite outside. The set sees x as n
 * x 1; a set of rows reshapes it, as in {@code v -> Projection.ontoSimplex(Extent.ROWS,
 * total).of(v.reshape(m, k)).reshape(n, 1)}. Of the fixed points of one problem this is the best
 * conditioned, whatever solver found x. One pass. Source: arXiv 2105.15183, Table 1, row "projected
 * gradient".
 */
public final class ProjectedGradient {
  private ProjectedGradient() {}

  /** The condition on n unknowns and q parameters, the set being a function of theta. */
  public static Condition of(
      int n, int q, ProximalGradient.Smooth smooth, Function<Var, Projection> set) {
    return ProximalGradient.of(n, q, smooth, (point, theta, step) -> set.apply(theta).of(point));
  }

  /** The same with step {@code eta}. */
  public static Condition of(
      int n, int q, ProximalGradient.Smooth smooth, Function<Var, Projection> set, double eta) {
    return ProximalGradient.of(
        n, q, smooth, (point, theta, step) -> set.apply(theta).of(point), eta);
  }
}
