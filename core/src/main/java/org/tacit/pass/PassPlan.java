package org.tacit.pass;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.program.Kernel;

/**
 * The row-local work of one pass as a flat list of steps on numbered slots: what an interpreter
 * does on each tile, with buffers planned once. Made by {@link PassPlanner}; travels to executors
 * by Java serialisation. It serves any number of instances: that is the task's.
 */
public final class PassPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Slot[] slots;
  private final Step[] steps;
  private final Step[] last;
  private final int widest;
  private final int widestGrouped;

  /**
   * {@code last} are the steps after all rows; {@code widest} and {@code widestGrouped} are the
   * widths by rows of shared and other values.
   */
  PassPlan(List<Slot> slots, List<Step> steps, List<Step> last, int widest, int widestGrouped) {
    this.slots = slots.toArray(new Slot[0]);
    this.steps = steps.toArray(new Step[0]);
    this.last = last.toArray(new Step[0]);
    this.widest = widest;
    this.widestGrouped = widestGrouped;
  }

  Slot[] slots() {
    return slots;
  }

  Step[] steps() {
    return steps;
  }

  /** The steps that make sums of joined ones, once all rows are in these. */
  Step[] last() {
    return last;
  }

  /**
   * Rows a tile: as many as keep the widest operand of so many instances in 200 kB, which stays in
   * the second-level cache beside the rest.
   */
  int tileRows(int groups) {
    int width = Math.max(1, Math.max(widest, widestGrouped * groups));
    return Math.max(8, Math.min(1024, 24 * 1024 / width / 8 * 8));
  }

  /**
   * Lengths of the sums of so many instances, in order; after them one, of a number that is NaN
   * where a row value is, for a plan that makes row values.
   */
  int[] sumLengths(int groups) {
    IntStream sums = sums().mapToInt(s -> s.rows() * s.width(groups));
    return IntStream.concat(sums, rowOutputs().limit(1).mapToInt(s -> 1)).toArray();
  }

  /** Numbers that a task adds up in, those of joined sums too. */
  long summed(int groups) {
    return Arrays.stream(slots)
        .filter(slot -> slot.kind() == Kind.SUM || slot.kind() == Kind.JOINED_SUM)
        .mapToLong(slot -> (long) slot.rows() * slot.room(groups))
        .sum();
  }

  /** The row values that a task makes, in order. */
  Stream<Slot> rowOutputs() {
    return slots(Kind.ROW_OUTPUT);
  }

  /** The slots of the sums, in order. */
  Stream<Slot> sums() {
    return slots(Kind.SUM);
  }

  private Stream<Slot> slots(Kind kind) {
    return Arrays.stream(slots).filter(slot -> slot.kind() == kind);
  }

  /** Where a slot's numbers are. */
  enum Kind {
    /** Column {@code position} of the block. */
    COLUMN,
    /** Row values {@code position} of the task. */
    ROWS,
    /** Replicated value {@code position} of the task. */
    INPUT,
    /** A replicated value written into the plan. */
    CONSTANT,
    /** Scratch buffer {@code position} of a tile. */
    BUFFER,
    /** Accumulator {@code position} of the partition. */
    SUM,
    /** An accumulator of several sums side by side, which the last steps take apart. */
    JOINED_SUM,
    /** New row values {@code position}. */
    ROW_OUTPUT
  }

  /**
   * One value of the plan; {@code width} counts the columns of one instance, {@code rows} is 0 for
   * a value by rows.
   *
   * @param isGrouped whether each instance has a value of its own, side by side
   * @param isPadded whether it is a factor or a sum of products of sparse rows
   */
  record Slot(
      Kind kind,
      int position,
      int rows,
      int width,
      boolean isGrouped,
      boolean isPadded,
      Matrix constant)
      implements Serializable {
    Slot padded() {
      return new Slot(kind, position, rows, width, isGrouped, true, constant);
    }

    /** How far apart its rows are, those of a replicated value. */
    int room(int groups) {
      return isPadded ? Dense.paddedWidth(width(groups)) : width(groups);
    }

    /** A replicated value of so many instances, yet to be added up or copied. */
    Dense zeros(int groups) {
      int all = width(groups);
      return isPadded ? Dense.padded(rows, all) : Dense.zeros(rows, all);
    }

    /** The columns of so many instances. */
    int width(int groups) {
      return isGrouped ? Math.multiplyExact(width, groups) : width;
    }
  }

  /** One primitive on slots. */
  static final class Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kernel kernel;
    private final int[] in;
    private final int out;
    private final boolean isByInstance;
    private final boolean isSum;

    Step(Kernel kernel, int[] in, int out, boolean isByInstance, boolean isSum) {
      this.kernel = kernel;
      this.in = in;
      this.out = out;
      this.isByInstance = isByInstance;
      this.isSum = isSum;
    }

    Kernel kernel() {
      return kernel;
    }

    int arity() {
      return in.length;
    }

    /** The slot of input {@code i}. */
    int in(int i) {
      return in[i];
    }

    /** The slot of the output. */
    int out() {
      return out;
    }

    /** Whether instances are evaluated one after another, not side by side. */
    boolean isByInstance() {
      return isByInstance;
    }

    /** Whether the step adds to a sum over rows. */
    boolean isSum() {
      return isSum;
    }
  }
}
