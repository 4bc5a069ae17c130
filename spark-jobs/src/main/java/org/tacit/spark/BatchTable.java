package org.tacit.spark;

import java.util.List;
import org.tacit.matrix.Schema;
import org.tacit.pass.PassTask;
import org.tacit.pass.Table;

/** Some blocks of a table on Spark, which shares its plans and closes with it. */
record BatchTable(SparkTable batch) implements Table {
  @Override
  public Schema schema() {
    return batch.schema();
  }

  @Override
  public long rowCount() {
    return batch.rowCount();
  }

  @Override
  public long numbers() {
    return batch.numbers();
  }

  @Override
  public int partitions() {
    return batch.partitions();
  }

  @Override
  public String engine() {
    return batch.engine();
  }

  @Override
  public List<double[][]> run(List<PassTask> tasks, String description) {
    return batch.run(tasks, description);
  }

  @Override
  public Table with(PassTask task, String description) {
    return batch.with(task, description);
  }

  @Override
  public double[] values(String column) {
    return batch.values(column);
  }

  /** Nothing of its own. */
  @Override
  public void close() {}
}
