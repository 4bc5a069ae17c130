package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Schema;

/**
 * Named columns with a common row axis, sharded into partitions of blocks: what passes run over.
 *
 * <p>Sums are combined in partition order, so a result depends on the partitions alone, not on
 * scheduling or on where the table lives.
 */
public interface Table extends AutoCloseable {
  Schema schema();

  long rowCount();

  int partitions();

  /** Where passes over this table run, as results name it. */
  String engine();

  /**
   * One pass: every task over every row. For each task its sums over all rows, in the order of its
   * plan.
   */
  List<double[][]> run(List<PassTask> tasks, String description);

  /**
   * One pass that keeps the row outputs of {@code task} beside this table's own columns, which are
   * shared. The result is closed before this table is.
   */
  Table with(PassTask task, String description);

  /** Lets go of what this table holds; of a table made by {@link #with}, only of what was added. */
  @Override
  void close();
}
