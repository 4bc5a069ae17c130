package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.pass.PassPlan.Kind;
import org.tacit.pass.PassPlan.Slot;
import org.tacit.pass.PassPlan.Step;
import org.tacit.program.RowReduction;

/**
 * Runs one plan over the tiles of blocks, adding up in its own sums. One a task and thread; all its
 * memory is taken at the start.
 */
final class TileInterpreter {
  private final PassPlan plan;
  private final int groups;
  private final int tileRows;
  private final Operand[] operands;
  private final List<Dense> sums = new ArrayList<>();
  private final Bound[] bound;
  private final int[][] rowValues;
  private final int[] blockSlots;
  private final List<Gathered> gathered = new ArrayList<>();
  private final int[] rowOutputSlots;
  private final int[] bufferSlots;
  private double watched;
  private int bufferRows;

  TileInterpreter(PassTask task) {
    this.plan = task.plan();
    this.groups = task.groups();
    this.tileRows = task.tileRows();
    this.rowValues = task.rowValues();
    Slot[] slots = plan.slots();
    this.operands = new Operand[slots.length];
    double[][] shared = new double[slots.length][];
    for (int s = 0; s < slots.length; s++) {
      Slot slot = slots[s];
      int width = slot.width(groups);
      switch (slot.kind()) {
        case INPUT -> operands[s] = given(slot, task.inputs()[slot.position()]);
        case CONSTANT -> operands[s] = slot.constant().window();
        case SUM -> {
          Dense sum = slot.zeros(groups);
          sums.add(sum);
          operands[s] = sum;
        }
        case JOINED_SUM -> operands[s] = slot.zeros(groups);
        case BUFFER -> {
          if (shared[slot.position()] == null) {
            shared[slot.position()] = new double[tileRows * width];
          }
          operands[s] = new Dense(shared[slot.position()], 0, width, 0, width);
        }
        case ROWS -> {
          if (slot.isGrouped()) {
            Dense side = new Dense(new double[tileRows * width], 0, width, 0, width);
            operands[s] = side;
            gathered.add(new Gathered(side, rowValues[slot.position()]));
          }
        }
        case ROW_OUTPUT, COLUMN -> {}
      }
    }
    this.blockSlots =
        IntStream.range(0, slots.length)
            .filter(s -> isColumn(slots[s]) || slots[s].kind() == Kind.ROW_OUTPUT)
            .toArray();
    this.rowOutputSlots = slotsOf(Kind.ROW_OUTPUT);
    this.bufferSlots = slotsOf(Kind.BUFFER);
    this.bound = new Bound[plan.steps().length];
  }

  /** Whether it is one column of the block. */
  private static boolean isColumn(Slot slot) {
    return slot.kind() == Kind.COLUMN || (slot.kind() == Kind.ROWS && !slot.isGrouped());
  }

  private Column column(Block block, Slot slot) {
    return block.column(
        slot.kind() == Kind.COLUMN ? slot.position() : rowValues[slot.position()][0]);
  }

  private int[] slotsOf(Kind kind) {
    return IntStream.range(0, plan.slots().length)
        .filter(s -> plan.slots()[s].kind() == kind)
        .toArray();
  }

  private Dense given(Slot slot, double[] data) {
    int width = slot.width(groups);
    Dense given = new Dense(data, 0, width, slot.rows(), width);
    if (slot.room(groups) == width) {
      return given;
    }
    Dense padded = slot.zeros(groups);
    given.copyTo(padded);
    return padded;
  }

  /** Prepares for the tiles of {@code block}. */
  void start(Block block) {
    Slot[] slots = plan.slots();
    for (int s = 0; s < slots.length; s++) {
      if (isColumn(slots[s])) {
        operands[s] = column(block, slots[s]).cursor();
      } else if (slots[s].kind() == Kind.ROW_OUTPUT) {
        operands[s] = Dense.zeros(block.rows(), slots[s].width(groups));
      }
    }
    for (int k = 0; k < bound.length; k++) {
      bound[k] = new Bound(plan.steps()[k], operands, plan.slots(), groups);
    }
  }

  /** Runs every step on the tile of {@code block} that begins at {@code from}; its rows. */
  int run(Block block, int from, StepObserver observer) {
    int count = Math.min(tileRows, block.rows() - from);
    for (int s : blockSlots) {
      operands[s].place(from, count);
    }
    gathered.forEach(values -> values.place(block, from, count));
    if (count != bufferRows) {
      for (int s : bufferSlots) {
        operands[s].place(0, count);
      }
      bufferRows = count;
    }
    for (Bound step : bound) {
      step.run();
      observer.after(step.step, step.out, from);
    }
    return count;
  }

  /** The row values made for the block last started: for each a column, or one an instance. */
  List<Column> made(Block block) {
    List<Column> columns = new ArrayList<>();
    for (int s : rowOutputSlots) {
      int width = plan.slots()[s].width();
      int all = plan.slots()[s].width(groups);
      Dense side = (Dense) operands[s];
      side.place(0, block.rows());
      watched += side.hasNaN() ? Double.NaN : 0;
      for (int k = 0; k < all / width; k++) {
        columns.add(Column.dense(block.rows(), width, group(side, k, width)));
      }
    }
    return columns;
  }

  private static double[] group(Dense side, int k, int width) {
    if (width == side.cols()) {
      return side.data();
    }
    Dense group = new Dense(side.data(), 0, 0, 0, 0);
    group.moveToGroup(side, k, width);
    Dense copy = Dense.zeros(side.rows(), width);
    group.copyTo(copy);
    return copy.data();
  }

  /** Row values of several instances, brought side by side for each tile. */
  private static final class Gathered {
    private final Dense side;
    private final int[] columns;

    Gathered(Dense side, int[] columns) {
      this.side = side;
      this.columns = columns;
    }

    void place(Block block, int from, int count) {
      side.place(0, count);
      Dense group = new Dense(side.data(), 0, 0, 0, 0);
      for (int k = 0; k < columns.length; k++) {
        Column column = block.column(columns[k]);
        group.moveToGroup(side, k, column.width());
        column.cursor().window(from, count).copyTo(group);
      }
    }
  }

  double[][] sums() {
    for (Step step : plan.last()) {
      new Bound(step, operands, plan.slots(), groups).run();
    }
    List<double[]> all = new ArrayList<>();
    for (Dense sum : sums) {
      all.add(sum.stride() == sum.cols() ? sum.data() : sum.toMatrix().toArray());
    }
    if (rowOutputSlots.length > 0) {
      all.add(new double[] {watched});
    }
    return all.toArray(new double[0][]);
  }

  /** Told of every step's result on every tile; the one that does nothing costs nothing. */
  interface StepObserver {
    StepObserver NONE = (step, result, firstRow) -> {};

    void after(Step step, Dense result, int firstRow);
  }

  /**
   * A step with its operands looked up; instances that cannot run side by side get cursors of their
   * own.
   */
  private static final class Bound {
    private final Step step;
    private final Operand[] in;
    private final Dense out;
    private final Operand[] groupIn;
    private final Dense groupOut;
    private final boolean[] isGrouped;
    private final int[] widths;
    private final int outWidth;
    private final int goes;

    Bound(Step step, Operand[] operands, Slot[] slots, int groups) {
      this.step = step;
      this.in = new Operand[step.arity()];
      Arrays.setAll(in, i -> operands[step.in(i)]);
      this.out = (Dense) operands[step.out()];
      this.groupIn = in.clone();
      this.groupOut = new Dense(new double[0], 0, 0, 0, 0);
      this.isGrouped = new boolean[in.length];
      this.widths = new int[in.length];
      this.outWidth = slots[step.out()].width();
      this.goes = step.isByInstance() ? groups : 1;
      for (int i = 0; i < in.length; i++) {
        widths[i] = slots[step.in(i)].width();
        isGrouped[i] = slots[step.in(i)].isGrouped();
        if (isGrouped[i]) {
          groupIn[i] = new Dense(new double[0], 0, 0, 0, 0);
        }
      }
    }

    void run() {
      if (goes == 1) {
        apply(in, out);
        return;
      }
      for (int k = 0; k < goes; k++) {
        for (int i = 0; i < in.length; i++) {
          if (isGrouped[i]) {
            ((Dense) groupIn[i]).moveToGroup((Dense) in[i], k, widths[i]);
          }
        }
        groupOut.moveToGroup(out, k, outWidth);
        apply(groupIn, groupOut);
      }
    }

    private void apply(Operand[] inputs, Dense output) {
      if (step.isSum() && step.kernel() instanceof RowReduction reduction) {
        reduction.accumulate(inputs, output);
      } else {
        step.kernel().evaluate(inputs, output);
      }
    }
  }
}
