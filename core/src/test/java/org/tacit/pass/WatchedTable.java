package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Schema;

/** A table that remembers what it was asked for. */
final class WatchedTable implements Table {
  private final Table table;
  private final List<PassTask> asked;

  WatchedTable(Table table, List<PassTask> asked) {
    this.table = table;
    this.asked = asked;
  }

  @Override
  public Schema schema() {
    return table.schema();
  }

  @Override
  public long rowCount() {
    return table.rowCount();
  }

  @Override
  public int partitions() {
    return table.partitions();
  }

  @Override
  public String engine() {
    return table.engine();
  }

  @Override
  public List<double[][]> run(List<PassTask> tasks, String description) {
    asked.addAll(tasks);
    return table.run(tasks, description);
  }

  @Override
  public Table with(PassTask task, String description) {
    return table.with(task, description);
  }

  @Override
  public double[] values(String column) {
    return table.values(column);
  }

  @Override
  public void close() {
    table.close();
  }
}
