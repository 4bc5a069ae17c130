package org.tacit.pass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacit.matrix.Schema;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * A program cut into rounds: driver work, then one pass a table with all sums whose inputs are
 * ready, and so on. A value with no row axis is always driver work, computed once a pass at most; a
 * sum runs in the earliest round it can.
 */
final class Schedule {
  private final List<Round> rounds = new ArrayList<>();
  private final List<Node> nodes;
  private final Map<PlanKey, PassPlanner.Planned> plans = new HashMap<>();

  /** What the driver computes, in order, and then the sums of each table's pass. */
  record Round(List<Node> driver, Map<String, List<Node>> sums) {}

  Schedule(Collection<Node> targets) {
    this.nodes = Program.ancestors(targets);
    Map<Node, Integer> ready = new HashMap<>();
    for (Node node : nodes) {
      int inputs = node.inputs().stream().mapToInt(ready::get).max().orElse(0);
      boolean isSum = node.isRowReduction();
      ready.put(node, isSum ? inputs + 1 : inputs);
      if (isSum) {
        String table =
            node.inputs().stream()
                .map(Node::shape)
                .filter(s -> s.isSharded())
                .findFirst()
                .orElseThrow()
                .table();
        round(inputs).sums().computeIfAbsent(table, t -> new ArrayList<>()).add(node);
      } else if (!node.shape().isSharded()) {
        round(inputs).driver().add(node);
      }
    }
  }

  private Round round(int at) {
    while (rounds.size() <= at) {
      rounds.add(new Round(new ArrayList<>(), new LinkedHashMap<>()));
    }
    return rounds.get(at);
  }

  List<Round> rounds() {
    return rounds;
  }

  /** The nodes that differ between instances when these inputs do. */
  Set<Node> grouped(Set<String> inputNames) {
    Set<Node> roots = new HashSet<>();
    for (Node node : nodes) {
      if (node.operation() instanceof Source.Input input && inputNames.contains(input.name())) {
        roots.add(node);
      }
    }
    return Program.dependents(nodes, roots);
  }

  /** The plan of one round's pass over one table, made once for each number of instances. */
  synchronized PassPlanner.Planned plan(
      Schema schema, List<Node> sums, Set<Node> grouped, Set<String> names, int groups) {
    return plans.computeIfAbsent(
        new PlanKey(schema, sums, names, groups),
        key -> PassPlanner.ofSums(schema, sums, grouped, groups));
  }

  private record PlanKey(Schema schema, List<Node> sums, Set<String> grouped, int groups) {}
}
