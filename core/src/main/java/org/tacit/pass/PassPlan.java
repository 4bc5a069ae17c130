package org.tacit.pass;

import java.io.Serializable;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.program.Kernel;

/**
 * The row-local work of one pass as a flat list of steps on numbered slots: what an interpreter
 * does on each tile, with buffers planned once. Made by {@link PassPlanner}; travels to executors
 * by Java serialisation.
 */
public final class PassPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Slot[] slots;
  private final Step[] steps;
  private final int groups;
  private final int widest;

  PassPlan(List<Slot> slots, List<Step> steps, int groups, int widest) {
    this.slots = slots.toArray(new Slot[0]);
    this.steps = steps.toArray(new Step[0]);
    this.groups = groups;
    this.widest = widest;
  }

  Slot[] slots() {
    return slots;
  }

  Step[] steps() {
    return steps;
  }

  /** How many instances run side by side. */
  int groups() {
    return groups;
  }

  /**
   * Rows a tile: as many as keep the widest operand in 200 kB, which stays in the second-level
   * cache beside the rest.
   */
  int tileRows() {
    return Math.max(8, Math.min(1024, 24 * 1024 / Math.max(1, widest) / 8 * 8));
  }

  /** Lengths of the sums, in order. */
  public int[] sumLengths() {
    return java.util.Arrays.stream(slots)
        .filter(s -> s.kind() == Kind.SUM)
        .mapToInt(s -> s.rows() * s.width())
        .toArray();
  }

  /** The columns that a row task adds, in order. */
  public List<Schema.Field> addedFields() {
    return java.util.Arrays.stream(slots)
        .filter(s -> s.kind() == Kind.ROW_OUTPUT)
        .map(s -> new Schema.Field(s.name(), s.width(), org.tacit.matrix.Storage.DENSE))
        .toList();
  }

  /** Where a slot's numbers are. */
  enum Kind {
    /** Column {@code position} of the block. */
    COLUMN,
    /** Replicated value {@code position} of the task. */
    INPUT,
    /** A replicated value written into the plan. */
    CONSTANT,
    /** Scratch buffer {@code position} of a tile. */
    BUFFER,
    /** Accumulator {@code position} of the partition. */
    SUM,
    /** New column {@code position}, kept beside the block. */
    ROW_OUTPUT
  }

  /**
   * One value of the plan; {@code width} counts the columns of all groups, {@code rows} is 0 for a
   * value by rows.
   */
  record Slot(Kind kind, int position, int rows, int width, Matrix constant, String name)
      implements Serializable {}

  /** One primitive on slots. */
  static final class Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kernel kernel;
    private final int[] in;
    private final int out;
    private final boolean[] grouped;
    private final int goes;
    private final boolean isSum;

    Step(Kernel kernel, int[] in, int out, boolean[] grouped, int goes, boolean isSum) {
      this.kernel = kernel;
      this.in = in;
      this.out = out;
      this.grouped = grouped;
      this.goes = goes;
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

    /** Whether input {@code i} holds groups. */
    boolean isGrouped(int i) {
      return grouped[i];
    }

    /** In how many goes the groups are evaluated: 1 when side by side. */
    int goes() {
      return goes;
    }

    /** Whether the step adds to a sum over rows. */
    boolean isSum() {
      return isSum;
    }
  }
}
