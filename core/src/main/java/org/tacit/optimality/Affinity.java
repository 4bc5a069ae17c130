package org.tacit.optimality;

import java.util.List;
import java.util.Set;
import org.tacit.autodiff.Jvp;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Whether a value is affine in a symbol, as its program is written: its derivative does not read
 * the symbol, and nothing in it jumps. Never what a value looks like at some point.
 */
final class Affinity {
  private Affinity() {}

  static boolean holds(Var value, Var symbol) {
    Var slope = Jvp.of(value, symbol, Var.input("direction", symbol.shape()));
    return !Program.ancestors(List.of(slope.node())).contains(symbol.node())
        && !jumps(value, symbol);
  }

  /** Whether a sign, a comparison or the like of the symbol is in it, whose derivative is zero. */
  static boolean jumps(Var value, Var symbol) {
    List<Node> nodes = Program.ancestors(List.of(value.node()));
    Set<Node> moving = Program.dependents(nodes, Set.of(symbol.node()));
    return nodes.stream()
        .anyMatch(node -> node.operation() instanceof Kinked k && k.switches(node, moving));
  }
}
