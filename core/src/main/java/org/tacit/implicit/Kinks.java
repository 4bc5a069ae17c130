package org.tacit.implicit;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;

/**
 * Where a condition stops being differentiable: values q(x, theta), and how far each of them is
 * from where the derivative of F jumps.
 *
 * <ul>
 *   <li>Of a proximal-gradient fixed point, q = x - eta grad f, the point that the proximal map
 *       sees; of a lasso's coordinate at zero that leaves eta (lambda_j - |grad_j f|), of an active
 *       one eta lambda_j less than |q_j|, which is |x_j| at the solution.
 *   <li>Of the {@link Kkt} equations, q_i = max(lam_i, -G_i), which is itself the distance.
 * </ul>
 *
 * <p>Distances cost no pass. Source: arXiv 2105.15183, section 2.2 (differentiability of proximal
 * maps); Nocedal and Wright, Numerical Optimization, 2nd ed., definition 12.5.
 *
 * @param switching q in the condition's symbols, a column
 * @param step the step eta that q was taken with, 1 x 1
 * @param jumps of the proximal map, where q is its point
 */
record Kinks(Var switching, Var step, Optional<SlopeJumps> jumps) {
  /** Those that a condition knows of; empty where it is smooth or does not say. */
  static Optional<Kinks> of(Condition condition) {
    Optional<Kinks> ofMap =
        condition
            .as(Composite.class)
            .map(
                parts ->
                    new Kinks(
                        condition.x().minus(parts.gradient().times(parts.step())),
                        parts.step(),
                        Optional.of(SlopeJumps.of(condition, parts))));
    return ofMap.or(
        () ->
            condition
                .kind()
                .complementarity()
                .map(q -> new Kinks(q, Var.constant(1), Optional.empty())));
  }

  /**
   * How far each element of q can move before the derivative jumps, at least 0, infinite where it
   * never does; empty where the proximal map does not act on each coordinate by itself, or has
   * several steps.
   */
  Optional<Matrix> distances(Passes passes, Matrix q, Matrix eta, Matrix theta) {
    if (eta.size() > 1) {
      return Optional.empty();
    }
    return jumps.isEmpty()
        ? Optional.of(q.map(v -> Math.max(0, v)))
        : jumps.get().distances(passes, q, eta.value(), theta);
  }
}
