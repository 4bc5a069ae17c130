package org.tacit.bench;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.job.LossKind;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.spark.SparkTable;

/**
 * Seeded data of one shape, and the model on them.
 *
 * @param part the name it is run by
 * @param perRow numbers stored a row, 0 where columns are dense
 * @param theta the common log penalty to begin with, one for each column
 */
record CliffShape(
    String part, int rows, int columns, int perRow, LossKind loss, PenaltyKind kind, double theta)
    implements Serializable {
  private static final int BLOCK_ROWS = 1_000;
  private static final int PARTITIONS = 2;

  static List<CliffShape> all() {
    return List.of(
        new CliffShape("x300", 24_000, 300, 0, LossKind.LOGISTIC, PenaltyKind.L2, -8),
        new CliffShape("x1000", 24_000, 1_000, 0, LossKind.LOGISTIC, PenaltyKind.L2, -8),
        new CliffShape("sparse", 500, 47_000, 75, LossKind.LOGISTIC, PenaltyKind.L2, -8),
        new CliffShape("l1", 35, 7_000, 0, LossKind.SQUARED, PenaltyKind.L1, -2),
        new CliffShape("l1", 35, 7_000, 0, LossKind.LOGISTIC, PenaltyKind.L1, -2));
  }

  String name() {
    return rows
        + "x"
        + columns
        + (kind == PenaltyKind.L1 ? "-" + loss.name().toLowerCase(Locale.ROOT) : "");
  }

  boolean isSmooth() {
    return kind == PenaltyKind.L2;
  }

  private Schema schema() {
    return Schema.of(
        new Schema.Field("features", columns, perRow > 0 ? Storage.CSR : Storage.DENSE),
        new Schema.Field("label", 1, Storage.DENSE));
  }

  PenalisedModel model() {
    return PenalisedModel.of(
        new PenalisedModel.Form(
            loss.loss(), Average.MEAN, false, kind, PenaltyScope.FEATURE, List.of(), false),
        schema(),
        1);
  }

  /** A table whose blocks are made where they stay: nothing of them travels with the tasks. */
  SparkTable table(JavaSparkContext context, long seed) {
    int blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    List<Integer> numbers = IntStream.range(0, blocks).boxed().toList();
    JavaRDD<Block> made =
        context
            .parallelize(numbers, Math.min(PARTITIONS, blocks))
            .map(
                k ->
                    block(new Random(seed << 32 | k), Math.min(BLOCK_ROWS, rows - k * BLOCK_ROWS)));
    return SparkTable.of(schema(), made);
  }

  private Block block(Random random, int count) {
    double[] y = new double[count];
    Column features = perRow > 0 ? sparse(random, count, y) : dense(random, count, y);
    return new Block(count, features, Column.dense(count, 1, y));
  }

  /** Every third column pulls the label one way or the other. */
  private static double truth(int j) {
    return j % 3 == 0 ? (j % 2 == 0 ? 1 : -1) : 0;
  }

  /** Normal columns; of more rows than columns, from 1 to 1/30 in size and correlated. */
  private Column dense(Random random, int count, double[] y) {
    double[] x = new double[count * columns];
    for (int i = 0; i < count; i++) {
      double common = rows > columns ? 0.5 * random.nextGaussian() : 0;
      double margin = random.nextGaussian();
      for (int j = 0; j < columns; j++) {
        double size = rows > columns ? Math.pow(30, -j / (double) columns) : 1;
        x[i * columns + j] = size * (common + random.nextGaussian());
        margin += truth(j) * x[i * columns + j];
      }
      y[i] = Math.signum(margin);
    }
    return Column.dense(count, columns, x);
  }

  /** Rows of length one, low columns more often. */
  private Column sparse(Random random, int count, double[] y) {
    int[] start = new int[count + 1];
    int[] index = new int[count * perRow];
    double[] value = new double[index.length];
    for (int i = 0; i < count; i++) {
      TreeSet<Integer> chosen = new TreeSet<>();
      while (chosen.size() < perRow) {
        chosen.add((int) (columns * Math.pow(random.nextDouble(), 3)));
      }
      double margin = 0.1 * random.nextGaussian();
      int at = start[i];
      for (int j : chosen) {
        index[at] = j;
        value[at++] = 1 / Math.sqrt(perRow);
        margin += truth(j) / Math.sqrt(perRow);
      }
      start[i + 1] = at;
      y[i] = Math.signum(margin);
    }
    return Column.sparse(columns, start, index, value);
  }
}
