package org.tacit.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tacit.optimality.Condition;
import org.tacit.pass.PassPrimitive;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * What is swept: a condition, and outer losses by name, 1 x 1 each in its symbols, all written on
 * the same rows.
 */
record Subject(Rows rows, Condition condition, Map<String, Var> losses) {
  Subject {
    losses = new LinkedHashMap<>(losses);
    for (Node node : nodes(condition, losses)) {
      if (node.operation() instanceof PassPrimitive solve && !(solve instanceof LocallyConstant)) {
        throw new IllegalArgumentException(
            "Invalid condition for folds: it holds %s, which reads rows by itself (must be written"
                    .formatted(solve.name())
                + " on its rows)");
      }
    }
  }

  private static Iterable<Node> nodes(Condition condition, Map<String, Var> losses) {
    return Program.ancestors(
        Stream.of(
                Stream.of(condition.residual().node()),
                condition.kind().objective().stream().map(Var::node),
                losses.values().stream().map(Var::node))
            .flatMap(each -> each)
            .toList());
  }

  /** The columns whose totals it reads. */
  Set<String> totals() {
    Set<String> columns = new TreeSet<>();
    for (Node node : nodes(condition, losses)) {
      if (node.operation() instanceof Source.ColumnTotal total
          && total.table().equals(rows.table())) {
        columns.add(total.column());
      }
    }
    return columns;
  }
}
