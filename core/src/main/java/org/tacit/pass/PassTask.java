package org.tacit.pass;

import java.io.Serializable;

/** What one pass is asked for: a plan, and the replicated values it reads. */
public final class PassTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PassPlan plan;
  private final double[][] inputs;

  PassTask(PassPlan plan, double[][] inputs) {
    this.plan = plan;
    this.inputs = inputs;
  }

  /** The same request with the plan as another JVM has it. */
  public static PassTask of(PassPlan plan, double[][] inputs) {
    return new PassTask(plan, inputs);
  }

  public PassPlan plan() {
    return plan;
  }

  /** The inputs in the plan's order, row-major; read only. */
  public double[][] inputs() {
    return inputs;
  }

  /** The size of the inputs on the wire. */
  public long inputBytes() {
    long bytes = 0;
    for (double[] input : inputs) {
      bytes += 8L * input.length;
    }
    return bytes;
  }
}
