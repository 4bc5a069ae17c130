package org.tacit.loss;

import java.util.function.UnaryOperator;
import org.tacit.primitive.Var;

/**
 * The Fenchel-Young loss of a regularised argmax, for each row
 *
 * <pre>
 *   L(s; y) = max_p (&lt;p, s&gt; - Omega(p)) + Omega(y) - &lt;s, y&gt; >= 0,
 *   p(s) = argmax_p (&lt;p, s&gt; - Omega(p)),
 * </pre>
 *
 * zero where y = p(s). The gradient in s is p(s) - y and the Hessian the Jacobian of p, whatever
 * derivatives the program of p has; Omega must be finite at y and at p(s). Written as the largest
 * of &lt;p - y, s&gt; - Omega(p), so that large scores cancel before they are rounded. A score of
 * -infinity masks its component: there p(s) must be 0, and the loss is infinite where y is not.
 * Source: Blondel, Martins and Niculae, Learning with Fenchel-Young losses, 2020, definition 2.
 *
 * @param argmax the map p that maximises with the regulariser, rows x d to rows x d
 * @param regulariser Omega, rows x d to rows x 1
 */
public record FenchelYoung(UnaryOperator<Var> argmax, UnaryOperator<Var> regulariser) {
  /** The loss of each row, rows x 1, for scores and targets rows x d. */
  public Var of(Var scores, Var target) {
    Var largest =
        Envelope.of(
            argmax.apply(scores), p -> product(p, target, scores).minus(regulariser.apply(p)));
    return largest.plus(regulariser.apply(target));
  }

  /** &lt;p - target, s&gt;, where a masked score counts only if p and target differ there. */
  private static Var product(Var p, Var target, Var scores) {
    Var isFinite = scores.greaterThan(Var.constant(Double.NEGATIVE_INFINITY));
    Var counts = Var.where(p.equalTo(target), isFinite, Var.constant(1));
    return p.minus(target).times(Var.where(counts, scores, Var.constant(0))).sumCols();
  }
}
