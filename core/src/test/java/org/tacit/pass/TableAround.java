package org.tacit.pass;

import java.util.List;
import java.util.Optional;
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
  default List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
    return table().run(tasks, beside, description);
  }

  @Override
  default Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, List<RowValues> beside, String description) {
    return table().firstNaN(tasks, beside, description);
  }

  @Override
  default boolean holds(RowValues values) {
    return table().holds(values);
  }

  @Override
  default double[] values(RowValues values) {
    return table().values(values);
  }

  @Override
  default void close() {
    table().close();
  }
}
