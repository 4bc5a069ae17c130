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

  /** Rows a tile: as many as keep the widest operand inside a core's second-level cache. */
  int tileRows() {
    return Math.max(8, Math.min(1024, 32 * 1024 / Math.max(1, widest) / 8 * 8));
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

  /**
   * One primitive: input slots, output slot, for each input whether it holds groups, in how many
   * goes the groups are evaluated, and whether it adds to a sum over rows.
   */
  record Step(Kernel kernel, int[] in, int out, boolean[] grouped, int groups, boolean isSum)
      implements Serializable {}
}
