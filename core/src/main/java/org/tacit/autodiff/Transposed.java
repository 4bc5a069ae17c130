package org.tacit.autodiff;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacit.primitive.Bilinear;
import org.tacit.primitive.Linear;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Turns a program that is linear in some values round: from cotangents of its outputs to cotangents
 * of those values.
 */
public final class Transposed {
  private Transposed() {}

  /**
   * The cotangents of {@code inputs} for {@code cotangents}, one for each output and of its shape,
   * where the outputs are linear in the inputs: sum_k &lt;cotangent_k, output_k(dx)&gt; = sum_i
   * &lt;result_i, dx_i&gt;.
   */
  public static List<Var> of(List<Var> outputs, List<Var> inputs, List<Var> cotangents) {
    if (outputs.size() != cotangents.size()) {
      throw new IllegalArgumentException(
          "Invalid cotangents: %s for %s outputs (must be as many)"
              .formatted(cotangents.size(), outputs.size()));
    }
    Set<Node> leaves = Set.copyOf(inputs.stream().map(Var::node).toList());
    Collection<Node> roots = outputs.stream().map(Var::node).toList();
    List<Node> ordered = Program.ancestors(roots, leaves);
    Set<Node> dependent = Program.dependents(ordered, leaves);
    Map<Node, Var> sums = new HashMap<>();
    for (int k = 0; k < outputs.size(); k++) {
      if (!outputs.get(k).shape().equals(cotangents.get(k).shape())) {
        throw new IllegalArgumentException(
            "Invalid cotangent: %s for an output of %s (must be equal)"
                .formatted(cotangents.get(k).shape(), outputs.get(k).shape()));
      }
      sums.merge(outputs.get(k).node(), cotangents.get(k), Var::plus);
    }
    for (int at = ordered.size() - 1; at >= 0; at--) {
      Node node = ordered.get(at);
      Var cotangent = sums.get(node);
      if (cotangent != null
          && !cotangent.isZero()
          && dependent.contains(node)
          && !leaves.contains(node)) {
        spread(node, cotangent, dependent, sums);
      }
    }
    return inputs.stream().map(x -> sums.getOrDefault(x.node(), Var.zero(x.shape()))).toList();
  }

  private static void spread(Node node, Var cotangent, Set<Node> dependent, Map<Node, Var> sums) {
    Transposable primitive = Rules.of(node, Transposable.class);
    List<Var> inputs = Var.inputs(node);
    requireLinear(primitive, inputs, dependent);
    for (int i = 0; i < inputs.size(); i++) {
      Node input = node.inputs().get(i);
      if (dependent.contains(input)) {
        sums.merge(
            input, primitive.transpose(i, inputs, cotangent).broadcastTo(input.shape()), Var::plus);
      }
    }
  }

  private static void requireLinear(Transposable primitive, List<Var> inputs, Set<Node> dependent) {
    int moving = 0;
    for (int i = 0; i < inputs.size(); i++) {
      boolean moves = dependent.contains(inputs.get(i).node());
      moving += moves ? 1 : 0;
      if (moves && !primitive.linearIn(i)) {
        throw notLinear("input " + i + " of " + primitive.name());
      }
      boolean adds = primitive instanceof Linear && primitive.linearIn(i);
      if (!moves && adds && !inputs.get(i).isZero()) {
        throw notLinear("input " + i + " of " + primitive.name() + " stays where others move");
      }
    }
    if (moving > 1 && primitive instanceof Bilinear) {
      throw notLinear(primitive.name() + " of two values that both move");
    }
  }

  private static IllegalStateException notLinear(String what) {
    return new IllegalStateException(
        "Not linear: %s (what is transposed must be linear, as a jvp is in its tangents)"
            .formatted(what));
  }
}
