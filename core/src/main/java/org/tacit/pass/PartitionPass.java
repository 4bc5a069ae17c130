package org.tacit.pass;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.pass.PassPlan.Step;
import org.tacit.primitive.InvalidKeyException;

/**
 * Runs the tasks of a pass over one partition's blocks, tile by tile. The same code on a Spark
 * executor and in process.
 */
public final class PartitionPass {
  private final List<TileInterpreter> interpreters = new ArrayList<>();
  private long rowsAbove;

  public PartitionPass(List<PassTask> tasks) {
    tasks.forEach(task -> interpreters.add(new TileInterpreter(task)));
  }

  /** For each task its sums over the rows of {@code blocks}. */
  public static double[][][] sums(List<PassTask> tasks, Iterator<Block> blocks) {
    PartitionPass pass = new PartitionPass(tasks);
    blocks.forEachRemaining(block -> pass.run(block, TileInterpreter.StepObserver.NONE));
    return pass.sums();
  }

  /** The first NaN with the primitive and the row that made it; nothing where there is none. */
  public static Optional<NotANumberException> firstNaN(
      List<PassTask> tasks, Iterator<Block> blocks, int partition) {
    PartitionPass pass = new PartitionPass(tasks);
    TileInterpreter.StepObserver observer =
        (step, result, firstRow) ->
            requireNumbers(step, result, partition, pass.rowsAbove + firstRow);
    try {
      blocks.forEachRemaining(block -> pass.run(block, observer));
      return Optional.empty();
    } catch (NotANumberException found) {
      return Optional.of(found);
    }
  }

  /**
   * The row values that the tasks make for each block, one task's after another's, as the columns
   * of a block.
   */
  public Iterator<Block> over(Iterator<Block> blocks) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public Block next() {
        Block block = blocks.next();
        run(block, TileInterpreter.StepObserver.NONE);
        return new Block(
            block.rows(),
            interpreters.stream()
                .flatMap(each -> each.made(block).stream())
                .toArray(Column[]::new));
      }
    };
  }

  /** For each task its sums over the rows so far. */
  public double[][][] sums() {
    return interpreters.stream().map(TileInterpreter::sums).toArray(double[][][]::new);
  }

  /**
   * The task that is furthest behind goes on, by a tile of its own size: so tasks share what is
   * read from memory, and each does what it would do alone.
   */
  private void run(Block block, TileInterpreter.StepObserver observer) {
    interpreters.forEach(interpreter -> interpreter.start(block));
    int[] from = new int[interpreters.size()];
    for (int next = 0; from[next] < block.rows(); next = smallest(from)) {
      try {
        from[next] += interpreters.get(next).run(block, from[next], observer);
      } catch (InvalidKeyException inTile) {
        throw inTile.below(rowsAbove + from[next]);
      }
    }
    rowsAbove += block.rows();
  }

  private static int smallest(int[] values) {
    int smallest = 0;
    for (int i = 1; i < values.length; i++) {
      smallest = values[i] < values[smallest] ? i : smallest;
    }
    return smallest;
  }

  /** A sum's rows are not the table's, so a NaN in one is near the tile's first row. */
  private static void requireNumbers(Step step, Dense result, int partition, long firstRow) {
    int row = rowOfNaN(result);
    if (row >= 0) {
      long near = firstRow + (step.isSum() ? 0 : row);
      throw new NotANumberException(step.kernel().name(), partition, near);
    }
  }

  private static int rowOfNaN(Dense result) {
    for (int i = 0; i < result.rows(); i++) {
      for (int j = 0; j < result.cols(); j++) {
        if (Double.isNaN(result.data()[result.at(i) + j])) {
          return i;
        }
      }
    }
    return -1;
  }
}
