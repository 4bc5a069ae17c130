package org.tacit.pass;

import java.io.Serializable;

/**
 * What one pass is asked for: a plan, the replicated values it reads, and for how many instances.
 */
public final class PassTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PassPlan plan;
  private final double[][] inputs;
  private final int groups;

  PassTask(PassPlan plan, double[][] inputs, int groups) {
    this.plan = plan;
    this.inputs = inputs;
    this.groups = groups;
  }

  /** The same request with the plan as another JVM has it. */
  public static PassTask of(PassPlan plan, double[][] inputs, int groups) {
    return new PassTask(plan, inputs, groups);
  }

  public PassPlan plan() {
    return plan;
  }

  /** The inputs in the plan's order, row-major; read only. */
  public double[][] inputs() {
    return inputs;
  }

  /** How many instances run side by side. */
  public int groups() {
    return groups;
  }

  int tileRows() {
    return plan.tileRows(groups);
  }

  /** Lengths of the sums, in order; the instances of each are side by side. */
  public int[] sumLengths() {
    return plan.sumLengths(groups);
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
