package org.tacit.optimality;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tacit.autodiff.Substitution;
import org.tacit.primitive.Var;

/**
 * The parts of a mirror-descent fixed point T(x) = step(x, grad f(x), eta), in a condition's
 * symbols.
 *
 * @param smooth f, 1 x 1
 * @param gradient grad_x f, of the shape of x
 * @param eta 1 x 1, above zero
 * @param map the mirror step
 * @param complementarity what is zero where a multiplier and its unknown both are, where that is
 *     known
 */
record Mirror(Var smooth, Var gradient, Var eta, Step map, Optional<Var> complementarity)
    implements Condition.Kind {
  /** argmin over y in C(theta) of D_phi(y, grad phi*(grad phi(x) - eta gradient)), as a program. */
  interface Step {
    Var of(Var x, Var gradient, Var eta, Var theta);
  }

  @Override
  public Optional<Var> descended() {
    return Optional.of(gradient);
  }

  @Override
  public Mirror at(Var theta, Var value) {
    Map<Var, Var> change = Map.of(theta, value);
    return new Mirror(
        Substitution.in(smooth, change),
        Substitution.in(gradient, change),
        Substitution.in(eta, change),
        (x, direction, step, other) -> Substitution.in(map.of(x, direction, step, theta), change),
        complementarity.map(q -> Substitution.in(q, change)));
  }

  @Override
  public Mirror rewritten(UnaryOperator<Var> how) {
    return new Mirror(
        how.apply(smooth), how.apply(gradient), how.apply(eta), map, complementarity.map(how));
  }
}
