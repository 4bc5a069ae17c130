package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Schema;

/** Another table, as it is but for what an implementation watches. */
public interface TableAround extends Table {
  /** The table that does the work. */
  Table table();

  @Override
  default Schema schema() {
    return table().schema();
  }

  @Override
  default long rowCount() {
    return table().rowCount();
  }

  @Override
  default int partitions() {
    return table().partitions();
  }

  @Override
  default String engine() {
    return table().engine();
  }

  @Override
  default List<double[][]> run(List<PassTask> tasks, String description) {
    return table().run(tasks, description);
  }

  @Override
  default Table with(PassTask task, String description) {
    return table().with(task, description);
  }

  @Override
  default double[] values(String column) {
    return table().values(column);
  }

  @Override
  default void close() {
    table().close();
  }
}
