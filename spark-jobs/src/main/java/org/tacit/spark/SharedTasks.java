package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.pass.PartitionPass;
import org.tacit.pass.PassTask;
import org.tacit.pass.Sums;

/**
 * The tasks of a pass as they travel to executors: plans by reference, inputs by whichever way
 * suits their size. Closed when no task can need them again.
 */
final class SharedTasks implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final SharedPlan[] plans;
  private final int[] groups;
  private final int[][][] rowValues;
  private final SharedInputs inputs;
  private final int sumLength;

  SharedTasks(List<SharedPlan> plans, SharedInputs inputs, List<PassTask> tasks) {
    this.plans = plans.toArray(SharedPlan[]::new);
    this.groups = tasks.stream().mapToInt(PassTask::groups).toArray();
    this.rowValues = tasks.stream().map(PassTask::rowValues).toArray(int[][][]::new);
    this.inputs = inputs;
    int length = 0;
    for (PassTask task : tasks) {
      for (int each : task.sumLengths()) {
        length = Math.addExact(length, each);
      }
    }
    this.sumLength = length;
  }

  /** How many numbers the sums of all tasks are. */
  int sumLength() {
    return sumLength;
  }

  List<PassTask> tasks() {
    double[][][] values = inputs.values();
    List<PassTask> tasks = new ArrayList<>();
    for (int i = 0; i < plans.length; i++) {
      tasks.add(PassTask.of(plans[i].plan(), values[i], rowValues[i], groups[i]));
    }
    return tasks;
  }

  /** The sums over one partition, all in a row. */
  double[] sums(int partition, Iterator<Block> rows) {
    return Sums.join(PartitionPass.sums(tasks(), rows));
  }

  /** The row values of one partition, block by block, and at last a block of its sums. */
  Iterator<Block> made(Iterator<Block> rows) {
    PartitionPass pass = new PartitionPass(tasks());
    Iterator<Block> made = pass.over(rows);
    return new Iterator<>() {
      private boolean isDone;

      @Override
      public boolean hasNext() {
        return !isDone;
      }

      @Override
      public Block next() {
        isDone = !made.hasNext();
        return isDone ? row(Sums.join(pass.sums())) : made.next();
      }
    };
  }

  private static Block row(double[] elements) {
    return new Block(1, Column.dense(1, elements.length, elements));
  }

  /** The sums that {@link #made} ends with. */
  static double[] sumsOf(int partition, Iterator<Block> made) {
    Block last = made.next();
    while (made.hasNext()) {
      last = made.next();
    }
    Dense row = (Dense) last.column(0).cursor();
    return row.toMatrix().toArray();
  }

  /**
   * The exception that tells of the partition's first NaN, as bytes, or nothing. Returned and not
   * thrown: the driver shall speak of the first partition that has one, and Spark not try again.
   */
  byte[] firstNaN(int partition, Iterator<Block> rows) {
    return PartitionPass.firstNaN(tasks(), rows, partition).map(JavaBytes::of).orElse(new byte[0]);
  }

  @Override
  public void close() {
    inputs.destroy();
  }
}
