package org.tacit.pass;

import java.util.List;

/** A table that remembers what it was asked for. */
final class WatchedTable implements TableAround {
  private final Table table;
  private final List<PassTask> asked;

  WatchedTable(Table table, List<PassTask> asked) {
    this.table = table;
    this.asked = asked;
  }

  @Override
  public Table table() {
    return table;
  }

  @Override
  public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    asked.addAll(tasks);
    return table.run(tasks, beside, description);
  }
}
