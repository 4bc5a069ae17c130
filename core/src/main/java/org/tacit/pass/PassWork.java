package org.tacit.pass;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.program.Node;

/**
 * What an evaluation wants of one pass over a table: targets, which are sums or, where {@code
 * isKept}, row values to be kept.
 *
 * @param values what the driver has computed for them: one value, or one an instance
 * @param rows the row values that they read, which have one for all instances or one for each
 */
record PassWork(
    Schedule schedule,
    List<Node> targets,
    boolean isKept,
    Map<Node, List<Matrix>> values,
    Map<Node, List<RowValues>> rows) {

  /** The nodes that differ between the instances. */
  private Set<Node> differing() {
    Set<Node> differing = new HashSet<>();
    values.forEach((node, all) -> addIfSeveral(node, all.size(), differing));
    rows.forEach((node, all) -> addIfSeveral(node, columns(all), differing));
    return differing;
  }

  private static void addIfSeveral(Node node, int count, Set<Node> differing) {
    if (count > 1) {
      differing.add(node);
    }
  }

  private static int columns(List<RowValues> all) {
    return all.stream().mapToInt(RowValues::groups).sum();
  }

  /** How many instances run side by side. */
  int instances() {
    int most = values.values().stream().mapToInt(List::size).max().orElse(1);
    return Math.max(most, rows.values().stream().mapToInt(PassWork::columns).max().orElse(1));
  }

  /** Of the replicated inputs. */
  long inputBytes() {
    return 8 * values.values().stream().flatMap(List::stream).mapToLong(Matrix::size).sum();
  }

  PassPlanner.Planned planned(Schema schema) {
    return schedule.plan(schema, targets, isKept, differing());
  }

  /** The task of it; row values are where {@code beside} puts them. */
  PassTask task(Schema schema, Beside beside) {
    PassPlanner.Planned planned = planned(schema);
    double[][] inputs =
        planned.inputs().stream()
            .map(node -> Matrix.beside(values.get(node)).window().data())
            .toArray(double[][]::new);
    int[][] columns =
        planned.rowInputs().stream()
            .map(node -> beside.columns(rows.get(node)))
            .toArray(int[][]::new);
    return new PassTask(planned.plan(), inputs, columns, instances());
  }
}
