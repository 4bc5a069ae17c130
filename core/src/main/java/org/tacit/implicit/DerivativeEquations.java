package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Var;

/**
 * What a derivative h(x, w) is computed from: F(x) = 0 and R(x, w) = 0, R linear in w.
 *
 * <pre>
 *   reverse:   R = A' w + d1 L     h = B' w + d2 L
 *   forward:   R = A w + B t       h = w
 * </pre>
 *
 * @param outer L, where the derivative is its
 * @param w the symbol for the adjoint or the tangent of x
 * @param residual R
 * @param value h
 */
record DerivativeEquations(
    Condition condition, Optional<Var> outer, Var w, Var residual, Var value) {
  /**
   * Of the derivative of an outer value L(x*(theta), theta), written in the condition's symbols.
   */
  static DerivativeEquations reverse(Condition condition, Var outer) {
    Var x = condition.x();
    Var theta = condition.theta();
    Var w = Var.input("w", x.shape());
    List<Var> direct = Vjp.gradient(outer, List.of(x, theta));
    List<Var> through = Vjp.of(List.of(condition.residual()), List.of(x, theta), List.of(w));
    return new DerivativeEquations(
        condition,
        Optional.of(outer),
        w,
        through.get(0).plus(direct.get(0)),
        through.get(1).plus(direct.get(1)));
  }

  /** Whether dR/dw is A'. */
  boolean isTransposed() {
    return outer.isPresent();
  }

  /** Of the derivative of x*(theta) along a tangent, a symbol of theta's shape. */
  static DerivativeEquations forward(Condition condition, Var tangent) {
    Var w = Var.input("w", condition.x().shape());
    Map<Var, Var> along = Map.of(condition.x(), w, condition.theta(), tangent);
    Var residual = Jvp.of(List.of(condition.residual()), along).get(0);
    return new DerivativeEquations(condition, Optional.empty(), w, residual, w);
  }
}
