package org.tacit.pass;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What one pass is asked for: a plan, the replicated values and the row values it reads, and for
 * how many instances.
 */
public final class PassTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PassPlan plan;
  private final double[][] inputs;
  private final int[][] rowValues;
  private final int groups;

  PassTask(PassPlan plan, double[][] inputs, int[][] rowValues, int groups) {
    this.plan = plan;
    this.inputs = inputs;
    this.rowValues = rowValues;
    this.groups = groups;
  }

  /** This task with plan and inputs as another JVM has them. */
  public static PassTask of(PassPlan plan, double[][] inputs, int[][] rowValues, int groups) {
    return new PassTask(plan, inputs, rowValues, groups);
  }

  public PassPlan plan() {
    return plan;
  }

  /** The inputs in the plan's order, row-major; read only. */
  public double[][] inputs() {
    return inputs;
  }

  /**
   * Where the row values of the plan are among the columns of the blocks that the pass runs over,
   * in the plan's order: for each one column, or one an instance.
   */
  public int[][] rowValues() {
    return rowValues;
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

  /** Whether the task makes row values. */
  public boolean makesRows() {
    return rowColumns() > 0;
  }

  /** The columns of the row values that the task makes. */
  public int rowColumns() {
    return plan.rowOutputs().mapToInt(slot -> slot.isGrouped() ? groups : 1).sum();
  }

  /** The row values that the task makes, let go of by {@code release}, in order. */
  public List<RowValues> made(Consumer<RowValues> release) {
    return plan.rowOutputs()
        .map(slot -> RowValues.of(slot.width(), slot.isGrouped() ? groups : 1, release))
        .toList();
  }

  /** The size of the inputs on the wire. */
  public long inputBytes() {
    return 8 * Arrays.stream(inputs).mapToLong(input -> input.length).sum();
  }
}
