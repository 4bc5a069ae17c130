package org.tacit.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.tacit.autodiff.Substitution;
import org.tacit.primitive.Form;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * A program split by what varies: values that stay when only some inputs change are computed once
 * and kept, replicated ones on the driver and sharded ones as row values; the rest is a smaller
 * program with inputs of their names.
 *
 * <p>For a linear program this is the second half of linearisation (partial evaluation at the
 * point). Chains of factors are first gathered into one, so that the Hessian-vector product of a
 * generalised linear model keeps one number a row.
 *
 * @param kept the values to compute once, by the name under which the varying part reads them
 * @param varying the outputs in terms of the varying inputs, the kept values and the tables' own
 *     columns
 * @param whole the outputs with their factors gathered, not split: several instances of them in one
 *     pass compute once what does not vary
 */
record Split(Map<String, Var> kept, List<Var> varying, List<Var> whole) {
  /**
   * No two kept values have one name: a product's program may hold a solution, whose own kept
   * values then stand beside those of the product.
   */
  private static final AtomicLong KEPT = new AtomicLong();

  /** Splits {@code outputs} by whether a value depends on one of {@code inputs}. */
  static Split of(List<Var> outputs, List<Var> inputs) {
    List<Node> leaves = inputs.stream().map(Var::node).toList();
    List<Var> gathered = Factors.gathered(outputs, leaves);
    List<Node> ordered = Program.ancestors(gathered.stream().map(Var::node).toList());
    Set<Node> varying = Program.dependents(ordered, leaves);
    Map<String, Var> kept = new LinkedHashMap<>();
    Map<Node, Var> rewritten = new HashMap<>();
    for (Node node : ordered) {
      if (varying.contains(node)) {
        rewritten.put(node, leaves.contains(node) ? Var.of(node) : rebuilt(node, rewritten, kept));
      }
    }
    List<Var> rest = new ArrayList<>();
    gathered.forEach(y -> rest.add(rewritten.computeIfAbsent(y.node(), node -> keep(node, kept))));
    return new Split(kept, rest, gathered);
  }

  private static Var rebuilt(Node node, Map<Node, Var> rewritten, Map<String, Var> kept) {
    List<Var> inputs =
        node.inputs().stream()
            .map(input -> rewritten.computeIfAbsent(input, fixed -> keep(fixed, kept)))
            .toList();
    return Substitution.rebuilt(node, inputs);
  }

  /**
   * What costs nothing, and columns less numbers: to keep those, or row values, would be to keep
   * them twice.
   */
  private static boolean isFree(Node fixed) {
    List<Var> centred = Form.centredColumns(Var.of(fixed));
    boolean isMatrix = fixed.operation() instanceof Source.Input && !fixed.shape().isSharded();
    return (fixed.operation() instanceof Source && !isMatrix)
        || (!centred.isEmpty() && centred.stream().allMatch(part -> isFree(part.node())));
  }

  /**
   * What the varying part reads instead of a fixed value: itself when it costs nothing, else a
   * placeholder of its shape.
   */
  private static Var keep(Node fixed, Map<String, Var> kept) {
    if (isFree(fixed) || Var.of(fixed).isZero()) {
      return Var.of(fixed);
    }
    String name = "kept " + KEPT.getAndIncrement();
    kept.put(name, Var.of(fixed));
    return Var.input(name, fixed.shape());
  }
}
