package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.PartitionPass;
import org.tacit.pass.PassTask;

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
  double[] sums(Iterator<Block> rows) {
    return OrderedSum.join(PartitionPass.sums(tasks(), rows));
  }

  /**
   * The exception that tells of the partition's first NaN, as bytes, or nothing. Returned and not
   * thrown: the driver shall speak of the first partition that has one, and Spark not try again.
   */
  byte[] firstNaN(int partition, Iterator<Block> rows) {
    try {
      PartitionPass.sumsWatchingForNaN(tasks(), rows, partition);
      return new byte[0];
    } catch (NotANumberException found) {
      return JavaBytes.of(found);
    }
  }

  @Override
  public void close() {
    inputs.destroy();
  }
}
