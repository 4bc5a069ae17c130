package org.tacit.pass;

import java.util.List;
import java.util.Optional;
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

  /** How many numbers its columns store, as far as it knows: what a pass reads. */
  default long numbers() {
    return rowCount() * schema().fields().stream().mapToLong(Schema.Field::width).sum();
  }

  int partitions();

  /** Where passes over this table run, as results name it. */
  String engine();

  /**
   * One pass: every task over every row. For each task its sums over all rows, NaN where they are,
   * and the row values that it makes, which are kept. The blocks that tasks see have the columns of
   * {@code beside} after those of the schema, one for each instance that has its own.
   */
  List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description);

  /** Where the first NaN is made in such a pass, which is run again to find it. */
  Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, List<RowValues> beside, String description);

  /** Whether these are row values of this table, not yet closed. */
  boolean holds(RowValues values);

  /**
   * Disjoint tables of whole blocks, {@code count} at most, that are this one's rows together: for
   * methods that look at a part of the rows at a time. Dealt out by {@code seed}; this table itself
   * where it cannot be divided. They are views, and open as long as this table is.
   */
  default List<Table> batches(int count, long seed) {
    return List.of(this);
  }

  /**
   * Row values of width 1, row after row in the order of the partitions, brought to the driver: for
   * those that fit there.
   */
  double[] values(RowValues values);

  /** The same rows in this JVM, where this table can bring them. Reads them all. */
  default Optional<InProcessTable> onDriver() {
    return Optional.empty();
  }

  /** Lets go of what this table holds. */
  @Override
  void close();
}
