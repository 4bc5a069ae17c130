package org.tacit.autodiff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The same program with some of its values replaced by others of the same shape, simplified anew.
 */
public final class Substitution {
  private Substitution() {}

  public static List<Var> in(List<Var> outputs, Map<Var, Var> replacements) {
    Map<Node, Var> rewritten = new HashMap<>();
    replacements.forEach(
        (from, to) -> {
          if (!from.shape().equals(to.shape())) {
            throw new IllegalArgumentException(
                "Invalid replacement: " + to.shape() + " for " + from.shape() + " (must be equal)");
          }
          rewritten.put(from.node(), to);
        });
    for (Node node :
        Program.ancestors(outputs.stream().map(Var::node).toList(), rewritten.keySet())) {
      if (!rewritten.containsKey(node)) {
        rewritten.put(node, rewritten(node, rewritten));
      }
    }
    return outputs.stream().map(y -> rewritten.get(y.node())).toList();
  }

  public static Var in(Var output, Map<Var, Var> replacements) {
    return in(List.of(output), replacements).get(0);
  }

  private static Var rewritten(Node node, Map<Node, Var> rewritten) {
    List<Var> inputs = node.inputs().stream().map(rewritten::get).toList();
    return inputs.equals(Var.inputs(node)) ? Var.of(node) : rebuilt(node, inputs);
  }

  /** What a node's operation makes of other inputs, simplified anew. */
  public static Var rebuilt(Node node, List<Var> inputs) {
    return Var.apply(Rules.of(node, Differentiable.class), inputs);
  }
}
