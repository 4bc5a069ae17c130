package org.tacit.optimality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tacit.autodiff.Substitution;
import org.tacit.operator.Structure;
import org.tacit.primitive.Var;

/**
 * The parts of an objective f(x, theta) + g(x, theta) with a smooth f and a g with a proximal map,
 * in a condition's symbols.
 *
 * @param smooth f, 1 x 1
 * @param gradient grad_x f, of the shape of x
 * @param step eta > 0, 1 x 1, or n x 1 with one for each element
 * @param prox the proximal map of g, for a step of 1 x 1
 * @param curvature what is promised of the Hessian of f on the coordinates that move, plus what g
 *     adds
 * @param blocks the lengths of the parts of x that g is a sum over, in order
 */
public record Composite(
    Var smooth,
    Var gradient,
    Var step,
    ProximalGradient.ProximalMap prox,
    Structure curvature,
    List<Integer> blocks)
    implements Condition.Kind {
  public Composite {
    blocks = List.copyOf(blocks);
  }

  @Override
  public Optional<Var> descended() {
    return Optional.of(gradient);
  }

  @Override
  public Composite at(Var theta, Var value) {
    Map<Var, Var> change = Map.of(theta, value);
    return new Composite(
        Substitution.in(smooth, change),
        Substitution.in(gradient, change),
        Substitution.in(step, change),
        (point, other, eta) -> Substitution.in(prox.of(point, theta, eta), change),
        curvature,
        blocks);
  }

  @Override
  public Composite rewritten(UnaryOperator<Var> how) {
    return new Composite(
        how.apply(smooth), how.apply(gradient), how.apply(step), prox, curvature, blocks);
  }
}
