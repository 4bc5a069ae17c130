package org.tacit.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.tacit.pass.PassTask;

/** The replicated values of a pass's tasks, for each task in its plan's order. */
sealed interface SharedInputs extends Serializable {
  /**
   * Up to here inputs ride in the task closure, which costs each task a copy and the driver
   * nothing; beyond, a broadcast is one copy an executor.
   */
  long CLOSURE_BYTES = 64L << 10;

  double[][][] values();

  /** Lets go of what executors hold. */
  void destroy();

  static SharedInputs of(JavaSparkContext context, List<PassTask> tasks) {
    double[][][] values = tasks.stream().map(PassTask::inputs).toArray(double[][][]::new);
    long bytes = tasks.stream().mapToLong(PassTask::inputBytes).sum();
    return bytes <= CLOSURE_BYTES
        ? new InClosure(values)
        : new ByBroadcast(context.broadcast(values));
  }

  /** Values that are part of the closure. */
  final class InClosure implements SharedInputs {
    private static final long serialVersionUID = 1L;

    private final double[][][] values;

    InClosure(double[][][] values) {
      this.values = values;
    }

    @Override
    public double[][][] values() {
      return values;
    }

    @Override
    public void destroy() {}
  }

  /** Values that executors fetch once. */
  record ByBroadcast(Broadcast<double[][][]> broadcast) implements SharedInputs {
    @Override
    public double[][][] values() {
      return broadcast.value();
    }

    @Override
    public void destroy() {
      broadcast.destroy();
    }
  }
}
