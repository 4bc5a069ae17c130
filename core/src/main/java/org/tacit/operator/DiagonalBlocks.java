package org.tacit.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tacit.primitive.Form;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The blocks of a linear program y = A v, n x 1 both, that is written as A = diag(A_1, ..., A_K): a
 * sum of values between zeros, each of which reads of v only the rows that it stands in.
 */
final class DiagonalBlocks {
  private DiagonalBlocks() {}

  /** The rows of A_1 to A_K; none where it is not of that form, or of one block. */
  static List<Integer> of(Var output, Var input) {
    TreeMap<Integer, Integer> ends = new TreeMap<>();
    Deque<Var> sums = new ArrayDeque<>(List.of(output));
    Set<Var> seen = new HashSet<>();
    while (!sums.isEmpty()) {
      Var value = sums.pop();
      if (!seen.add(value)) {
        continue;
      }
      List<Var> terms = Form.sum(value);
      terms.forEach(sums::push);
      if (terms.isEmpty() && !adds(value, input, ends)) {
        return List.of();
      }
    }
    return ends.size() > 1 ? sizes(ends, input.shape().size()) : List.of();
  }

  /** Adds the rows of one value, if it is of a block. */
  private static boolean adds(Var value, Var input, Map<Integer, Integer> ends) {
    OptionalInt before = Form.zerosBefore(value);
    if (before.isEmpty()) {
      return false;
    }
    Var inner = Var.inputs(value.node()).get(0);
    int from = before.getAsInt();
    int rows = inner.shape().rows().size();
    for (Node node : Program.ancestors(List.of(inner.node()))) {
      Var read = Var.of(node);
      boolean isOwn = Form.firstRow(read).orElse(-1) == from && read.shape().rows().size() == rows;
      if (node.inputs().contains(input.node()) && !isOwn) {
        return false;
      }
    }
    return !inner.equals(input) && ends.merge(from, from + rows, Math::max) == from + rows;
  }

  /** Where they follow each other from the first row to the last. */
  private static List<Integer> sizes(SortedMap<Integer, Integer> ends, int n) {
    int at = 0;
    for (Map.Entry<Integer, Integer> block : ends.entrySet()) {
      if (block.getKey() != at) {
        return List.of();
      }
      at = block.getValue();
    }
    return at == n
        ? ends.entrySet().stream().map(block -> block.getValue() - block.getKey()).toList()
        : List.of();
  }
}
