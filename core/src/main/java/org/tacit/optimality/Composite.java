package org.tacit.optimality;

import java.util.List;
import org.tacit.operator.Structure;
import org.tacit.primitive.Var;

/**
 * The parts of an objective f(x, theta) + g(x, theta) with a smooth f and a g with a proximal map,
 * in a condition's symbols.
 *
 * @param objective f, 1 x 1
 * @param gradient grad_x f, of the shape of x
 * @param step eta > 0, 1 x 1, or n x 1 with one for each element
 * @param prox the proximal map of g, for a step of 1 x 1
 * @param curvature what is promised of the Hessian of f on the coordinates that move, plus what g
 *     adds
 * @param blocks the lengths of the parts of x that g is a sum over, in order
 */
public record Composite(
    Var objective,
    Var gradient,
    Var step,
    ProximalGradient.ProximalMap prox,
    Structure curvature,
    List<Integer> blocks) {
  public Composite {
    blocks = List.copyOf(blocks);
  }
}
