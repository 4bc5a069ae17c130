package org.tacit.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;

/** Seeded rows with features, labels and keys, as tables of any partitioning on either engine. */
final class TableOfNumbers {
  static final int WIDTH = 5;
  static final int ROWS = 211;
  static final int GROUPS = 3;
  static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", WIDTH, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE),
          new Schema.Field("group", 1, Storage.KEY));

  private final double[] x;
  private final double[] y;

  TableOfNumbers(long seed) {
    Random random = new Random(seed);
    x = random.doubles((long) ROWS * WIDTH, -1, 1).toArray();
    y = random.ints(ROWS, 0, 2).mapToDouble(i -> 2 * i - 1).toArray();
  }

  /** The same rows with one element of one row's features replaced. */
  TableOfNumbers with(int row, double element) {
    TableOfNumbers changed = new TableOfNumbers(0);
    System.arraycopy(x, 0, changed.x, 0, x.length);
    System.arraycopy(y, 0, changed.y, 0, y.length);
    changed.x[row * WIDTH] = element;
    return changed;
  }

  /** Contiguous runs of rows, each of two blocks when it has more than one row. */
  List<List<Block>> partitions(int count) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int from = ROWS * k / count;
      int to = ROWS * (k + 1) / count;
      int middle = (from + to) / 2;
      List<Block> blocks = new ArrayList<>();
      if (middle > from) {
        blocks.add(block(from, middle));
      }
      blocks.add(block(middle, to));
      partitions.add(blocks);
    }
    return partitions;
  }

  private Block block(int from, int to) {
    return new Block(
        to - from,
        Column.dense(to - from, WIDTH, Arrays.copyOfRange(x, from * WIDTH, to * WIDTH)),
        Column.dense(to - from, 1, Arrays.copyOfRange(y, from, to)),
        Column.keys(IntStream.range(from, to).map(i -> i % GROUPS).toArray()));
  }

  InProcessTable inProcess(int count) {
    return InProcessTable.of(SCHEMA, partitions(count));
  }

  SparkTable onSpark(JavaSparkContext context, int count) {
    return SparkTable.of(SCHEMA, rdd(context, count));
  }

  JavaRDD<Block> rdd(JavaSparkContext context, int count) {
    return context.parallelize(partitions(count), count).flatMap(List::iterator);
  }
}
