package org.tacit.pass;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.tacit.matrix.Matrix;
import org.tacit.program.Node;

/** For each sum over rows its last value, and what it was computed from. */
final class LastSums {
  private final Map<Node, Taken> last = new ConcurrentHashMap<>();

  /**
   * What a sum is computed from beside the columns of its table.
   *
   * @param values of the driver, by node
   * @param rows the same object where they are equal
   */
  record Inputs(Table table, Map<Node, Matrix> values, Map<Node, RowValues> rows) {
    Inputs {
      values = Map.copyOf(values);
      rows = Map.copyOf(rows);
    }

    private long size() {
      return values.values().stream().mapToLong(Matrix::size).sum();
    }
  }

  private record Taken(Inputs from, Matrix sum) {}

  /** The sum, where it was computed from equal inputs the last time. */
  Optional<Matrix> of(Node sum, Inputs from) {
    return Optional.ofNullable(last.get(sum))
        .filter(taken -> taken.from.equals(from))
        .map(Taken::sum);
  }

  /** Unless it is larger than all that it was computed from, as a Hessian is. */
  void put(Node sum, Inputs from, Matrix value) {
    if (value.size() <= from.size()) {
      last.put(sum, new Taken(from, value));
    }
  }
}
