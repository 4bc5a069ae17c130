package org.tacit.autodiff;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Forward derivatives: dy = d1 f(x) dx, written as a program by the primitives' own rules.
 *
 * <p>Since nothing is evaluated, this is also linearisation: the result is linear in the tangents,
 * and everything that does not depend on them is a residual that can be computed once.
 */
public final class Jvp {
  private Jvp() {}

  /**
   * The tangents of {@code outputs} when each key of {@code tangents}, any value of the program,
   * moves along its tangent.
   */
  public static List<Var> of(List<Var> outputs, Map<Var, Var> tangents) {
    Map<Node, Var> known = new HashMap<>();
    tangents.forEach((point, tangent) -> known.put(point.node(), checked(point, tangent)));
    Collection<Node> roots = outputs.stream().map(Var::node).toList();
    List<Node> ordered = Program.ancestors(roots, known.keySet());
    Set<Node> moving = Program.dependents(ordered, known.keySet());
    for (Node node : ordered) {
      if (moving.contains(node) && !known.containsKey(node)) {
        known.put(node, tangentOf(node, known));
      }
    }
    return outputs.stream().map(y -> tangent(y.node(), known)).toList();
  }

  /** The tangent of one output when one value moves. */
  public static Var of(Var output, Var point, Var tangent) {
    return of(List.of(output), Map.of(point, tangent)).get(0);
  }

  private static Var tangentOf(Node node, Map<Node, Var> known) {
    List<Var> tangents = node.inputs().stream().map(input -> tangent(input, known)).toList();
    return Rules.of(node, Differentiable.class)
        .jvp(Var.inputs(node), Var.of(node), tangents)
        .broadcastTo(node.shape());
  }

  private static Var tangent(Node node, Map<Node, Var> known) {
    Var tangent = known.get(node);
    return tangent == null ? Var.zero(node.shape()) : tangent;
  }

  private static Var checked(Var point, Var tangent) {
    if (!point.shape().equals(tangent.shape())) {
      throw new IllegalArgumentException(
          "Invalid tangent: %s for a value of %s (must be equal)"
              .formatted(tangent.shape(), point.shape()));
    }
    return tangent;
  }
}
