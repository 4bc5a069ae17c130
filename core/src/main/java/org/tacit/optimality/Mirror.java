package org.tacit.optimality;

import org.tacit.primitive.Var;

/**
 * The parts of a mirror-descent fixed point T(x) = step(x, grad f(x), eta), in a condition's
 * symbols.
 *
 * @param objective f, 1 x 1
 * @param gradient grad_x f, of the shape of x
 * @param eta 1 x 1, above zero
 * @param map the mirror step
 */
public record Mirror(Var objective, Var gradient, Var eta, Step map) {
  /** argmin over y in C(theta) of D_phi(y, grad phi*(grad phi(x) - eta gradient)), as a program. */
  public interface Step {
    Var of(Var x, Var gradient, Var eta, Var theta);
  }
}
