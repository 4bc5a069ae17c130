package org.tacit.autodiff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Node;
import org.tacit.program.Primitive;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * The same program on a part of a table's rows: what it is on a table that holds these alone. Every
 * sum over the rows, sum_i v_i, becomes sum_i m_i v_i with m_i = 1 for a row of the part and 0
 * elsewhere; the number of rows and totals of columns are those of the part. Derivatives of a
 * restricted program are those of the program, restricted.
 *
 * @param table the name of the table
 * @param mask m, rows x 1
 * @param total for a {@link Source.RowCount} or {@link Source.ColumnTotal} of the table that of the
 *     part, 1 x 1
 */
public record Restriction(String table, Var mask, UnaryOperator<Source> total)
    implements UnaryOperator<Var> {
  public Restriction {
    if (!mask.shape().rows().equals(Axis.rowsOf(table)) || !mask.shape().cols().isOne()) {
      throw new IllegalArgumentException(
          "Invalid mask: " + mask.shape() + " (must be rows(" + table + ") x 1)");
    }
  }

  @Override
  public Var apply(Var output) {
    Map<Node, Var> rewritten = new HashMap<>();
    for (Node node : Program.ancestors(List.of(output.node()))) {
      rewritten.put(node, rewritten(node, rewritten));
    }
    return rewritten.get(output.node());
  }

  private Var rewritten(Node node, Map<Node, Var> done) {
    if (node.operation() instanceof Source source) {
      return isTotal(source) ? Var.of(Node.of(total.apply(source))) : Var.of(node);
    }
    List<Var> inputs = new ArrayList<>();
    boolean changed = false;
    for (Node input : node.inputs()) {
      inputs.add(done.get(input));
      changed |= done.get(input).node() != input;
    }
    boolean isSum = node.isRowReduction() && isOfTable(node);
    if (isSum) {
      int at = linearInput(node);
      inputs.set(at, inputs.get(at).times(mask));
    }
    return isSum || changed ? Substitution.rebuilt(node, inputs) : Var.of(node);
  }

  private boolean isTotal(Source source) {
    return (source instanceof Source.RowCount count && count.table().equals(table))
        || (source instanceof Source.ColumnTotal sum && sum.table().equals(table));
  }

  private boolean isOfTable(Node node) {
    return node.inputShapes().stream().anyMatch(shape -> shape.table().equals(table));
  }

  /** The narrowest input that the sum is linear in. */
  private static int linearInput(Node sum) {
    Primitive primitive = sum.operation();
    return IntStream.range(0, sum.inputs().size())
        .boxed()
        .filter(i -> sum.inputs().get(i).shape().isSharded())
        .filter(i -> primitive instanceof Transposable rule && rule.linearIn(i))
        .min(Comparator.comparingInt(i -> sum.inputs().get(i).shape().width()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid sum over a part of the rows: %s (must be linear in an input by row)"
                        .formatted(primitive.name())));
  }
}
