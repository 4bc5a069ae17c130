package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.PassResult;
import org.tacit.pass.PassTask;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.program.Program;

/** A table that remembers what it is asked for, which is how tests come by tasks. */
final class RecordedTasks implements Table {
  private final Table table;
  private final List<PassTask> tasks = new ArrayList<>();

  private RecordedTasks(Table table) {
    this.table = table;
  }

  /** The tasks of evaluating {@code program} on a table called train. */
  static List<PassTask> of(Table table, Program program, Map<String, Matrix> inputs) {
    RecordedTasks recorded = new RecordedTasks(table);
    Passes.over("train", recorded).evaluate(program, inputs);
    return recorded.tasks;
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
  public List<PassResult> run(List<PassTask> asked, List<RowValues> beside, String description) {
    tasks.addAll(asked);
    return table.run(asked, beside, description);
  }

  @Override
  public Optional<NotANumberException> firstNaN(
      List<PassTask> asked, List<RowValues> beside, String description) {
    return table.firstNaN(asked, beside, description);
  }

  @Override
  public boolean holds(RowValues values) {
    return table.holds(values);
  }

  @Override
  public double[] values(RowValues values) {
    return table.values(values);
  }

  @Override
  public void close() {}
}
