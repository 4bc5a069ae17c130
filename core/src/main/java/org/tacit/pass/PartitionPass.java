package org.tacit.pass;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;

/**
 * Runs the tasks of a pass over one partition's blocks, tile by tile. The same code on a Spark
 * executor and in process.
 */
public final class PartitionPass {
  private PartitionPass() {}

  /** For each task its sums over the rows of {@code blocks}. */
  public static double[][][] sums(List<PassTask> tasks, Iterator<Block> blocks) {
    return sums(tasks, blocks, TileInterpreter.StepObserver.NONE);
  }

  /**
   * As {@link #sums(List, Iterator)}, stopping at the first NaN with the primitive and the row that
   * made it.
   */
  public static double[][][] sumsWatchingForNaN(
      List<PassTask> tasks, Iterator<Block> blocks, int partition) {
    int[] firstRowOfBlock = {0};
    Iterator<Block> counted =
        new Iterator<>() {
          private int rows;

          @Override
          public boolean hasNext() {
            return blocks.hasNext();
          }

          @Override
          public Block next() {
            Block block = blocks.next();
            firstRowOfBlock[0] = rows;
            rows += block.rows();
            return block;
          }
        };
    return sums(
        tasks,
        counted,
        (step, result, firstRow) -> {
          int row = rowOfNaN(result);
          if (row >= 0) {
            long near = (long) firstRowOfBlock[0] + firstRow + (step.isSum() ? 0 : row);
            throw new NotANumberException(step.kernel().name(), partition, near);
          }
        });
  }

  /** The new columns of each block, in order, as blocks. */
  public static Iterator<Block> rows(PassTask task, Iterator<Block> blocks) {
    int tileRows = task.plan().tileRows();
    TileInterpreter interpreter = new TileInterpreter(task, tileRows);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return blocks.hasNext();
      }

      @Override
      public Block next() {
        Block block = blocks.next();
        runTiles(List.of(interpreter), block, tileRows, TileInterpreter.StepObserver.NONE);
        List<Column> columns = interpreter.columns(block);
        return new Block(block.rows(), columns.toArray(new Column[0]));
      }
    };
  }

  private static double[][][] sums(
      List<PassTask> tasks, Iterator<Block> blocks, TileInterpreter.StepObserver observer) {
    int tileRows = tasks.stream().mapToInt(task -> task.plan().tileRows()).min().orElse(1);
    List<TileInterpreter> interpreters = new ArrayList<>();
    tasks.forEach(task -> interpreters.add(new TileInterpreter(task, tileRows)));
    while (blocks.hasNext()) {
      runTiles(interpreters, blocks.next(), tileRows, observer);
    }
    return interpreters.stream().map(TileInterpreter::sums).toArray(double[][][]::new);
  }

  private static void runTiles(
      List<TileInterpreter> interpreters,
      Block block,
      int tileRows,
      TileInterpreter.StepObserver observer) {
    interpreters.forEach(interpreter -> interpreter.start(block));
    for (int from = 0; from < block.rows(); from += tileRows) {
      int count = Math.min(tileRows, block.rows() - from);
      for (TileInterpreter interpreter : interpreters) {
        interpreter.run(block, from, count, observer);
      }
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
