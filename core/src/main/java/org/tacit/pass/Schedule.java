package org.tacit.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tacit.matrix.Schema;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.RowReduction;
import org.tacit.program.Source;

/**
 * A program cut into steps: driver work, then one pass a table with all sums whose inputs are
 * ready, and so on. A value with no row axis is always driver work, computed once a pass at most; a
 * sum runs in the earliest pass it can. Made once a program, with the plans of its passes.
 */
final class Schedule {
  private final List<Node> nodes;
  private final List<Node> rowInputs;
  private final List<Step> steps = new ArrayList<>();
  private final List<List<Node>> lastUsed = new ArrayList<>();
  private final Map<Set<String>, Set<Node>> grouped = new ConcurrentHashMap<>();
  private final Map<List<Node>, Set<Node>> reads = new ConcurrentHashMap<>();
  private final Map<PlanKey, PassPlanner.Planned> plans = new ConcurrentHashMap<>();

  /** What is done next. */
  sealed interface Step permits OnDriver, Pass {}

  /**
   * One value from others that the driver has.
   *
   * @param way what computes it: itself, unless {@link Assembled} says else
   */
  record OnDriver(Node node, Node way) implements Step {}

  /**
   * A pass over a table.
   *
   * @param ofData the sums that depend on the table alone, which are the same in each evaluation
   * @param others the sums that depend on inputs
   */
  record Pass(String table, List<Node> ofData, List<Node> others) implements Step {}

  /** What plans differ by; for one program these are few. */
  private record PlanKey(Schema schema, List<Node> targets, Set<Node> differing) {}

  private Schedule(Program program) {
    this.nodes = program.nodes();
    this.rowInputs =
        nodes.stream()
            .filter(node -> node.shape().isSharded() && node.operation() instanceof Source.Input)
            .toList();
    Assembled assembled = new Assembled(nodes, program.outputs().values());
    for (Round round : Round.of(nodes)) {
      round.driver().stream()
          .filter(assembled::isNeeded)
          .forEach(node -> steps.add(new OnDriver(node, assembled.way(node))));
      round.sums().forEach((table, sums) -> steps.add(pass(table, sums)));
    }
    findLastUses(program);
  }

  static Schedule of(Program program) {
    return program.once(Schedule.class, Schedule::new);
  }

  private static Pass pass(String table, List<Node> sums) {
    List<Node> ofData = sums.stream().filter(sum -> isOfData(sum, table)).toList();
    return new Pass(table, ofData, sums.stream().filter(sum -> !ofData.contains(sum)).toList());
  }

  private static boolean isOfData(Node sum, String table) {
    Program alone = Program.of("sum", sum);
    return ((RowReduction) sum.operation()).isRemembered()
        && alone.inputs().isEmpty()
        && alone.tables().equals(Set.of(table))
        && alone.nodes().stream().noneMatch(node -> node.operation() instanceof PassPrimitive);
  }

  /** What the driver computes, in order, and then the sums of each table's pass. */
  private record Round(List<Node> driver, Map<String, List<Node>> sums) {
    static List<Round> of(List<Node> nodes) {
      List<Round> rounds = new ArrayList<>();
      Map<Node, Integer> ready = new HashMap<>();
      for (Node node : nodes) {
        int inputs = node.inputs().stream().mapToInt(ready::get).max().orElse(0);
        ready.put(node, node.isRowReduction() ? inputs + 1 : inputs);
        while (rounds.size() <= inputs) {
          rounds.add(new Round(new ArrayList<>(), new LinkedHashMap<>()));
        }
        if (node.isRowReduction()) {
          rounds.get(inputs).sums().computeIfAbsent(table(node), t -> new ArrayList<>()).add(node);
        } else if (!node.shape().isSharded()) {
          rounds.get(inputs).driver().add(node);
        }
      }
      return rounds;
    }

    private static String table(Node sum) {
      return sum.inputShapes().stream()
          .filter(s -> s.isSharded())
          .findFirst()
          .orElseThrow()
          .table();
    }
  }

  private void findLastUses(Program program) {
    Set<Node> later = new HashSet<>(program.outputs().values());
    List<Node> rows = later.stream().filter(node -> node.shape().isSharded()).toList();
    later.addAll(PassPlanner.replicated(rows));
    for (int at = steps.size() - 1; at >= 0; at--) {
      lastUsed.add(used(steps.get(at)).stream().filter(later::add).toList());
    }
    Collections.reverse(lastUsed);
  }

  private static Set<Node> used(Step step) {
    if (step instanceof Pass pass) {
      List<Node> sums = new ArrayList<>(pass.ofData());
      sums.addAll(pass.others());
      return PassPlanner.replicated(sums);
    }
    return new HashSet<>(((OnDriver) step).way().inputs());
  }

  List<Step> steps() {
    return steps;
  }

  /** The inputs that are row values. */
  List<Node> rowInputs() {
    return rowInputs;
  }

  /** The values that a pass for these targets reads: row values, and what the driver computes. */
  Set<Node> reads(List<Node> targets) {
    return reads.computeIfAbsent(targets, PassPlanner::reads);
  }

  /** The values that step {@code at} is the last to read. */
  List<Node> lastUsed(int at) {
    return lastUsed.get(at);
  }

  /** The nodes that differ between instances when these inputs do. */
  Set<Node> grouped(Set<String> differing) {
    return grouped.computeIfAbsent(
        differing,
        names ->
            Program.dependents(
                nodes,
                nodes.stream()
                    .filter(node -> node.operation() instanceof Source.Input)
                    .filter(node -> names.contains(node.operation().name()))
                    .toList()));
  }

  /**
   * The plan of a pass over one table for sums, or one that keeps nodes as row values, whatever the
   * number of instances, of which each has its own of the inputs that are {@code differing}.
   */
  PassPlanner.Planned plan(Schema schema, List<Node> targets, boolean isKept, Set<Node> differing) {
    return plans.computeIfAbsent(
        new PlanKey(schema, targets, differing),
        key ->
            isKept
                ? PassPlanner.ofRows(schema, targets, differing)
                : PassPlanner.ofSums(schema, targets, differing));
  }
}
