package org.tacit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.spark.SparkTable;

/**
 * Rows for sweeps, each with its number in column {@value #ROW} and its fold of five, its number
 * modulo 5, in column {@value #FOLD}; in two partitions of blocks.
 */
record SweepRows(String name, Schema schema, List<List<Block>> partitions) {
  static final String ROW = "row";
  static final String FOLD = "fold";

  private static final int BLOCK_ROWS = 4096;
  private static final int PARTITIONS = 2;
  private static final int ADULT_FEATURES = 123;

  private static Schema schema(int features, Storage storage) {
    return Schema.of(
        new Schema.Field(Rows.FEATURES, features, storage),
        new Schema.Field(Rows.LABEL, 1, Storage.DENSE),
        new Schema.Field(FOLD, 1, Storage.KEY),
        new Schema.Field(ROW, 1, Storage.KEY));
  }

  /** Makes the block of rows {@code from} to {@code to} (exclusive). */
  private interface Maker {
    Block of(int from, int to);
  }

  private static List<List<Block>> dealt(int rows, Maker maker) {
    return dealt(rows, PARTITIONS, maker);
  }

  private static List<List<Block>> dealt(int rows, int count, Maker maker) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      List<Block> blocks = new ArrayList<>();
      int end = (int) ((long) rows * (part + 1) / count);
      for (int from = (int) ((long) rows * part / count); from < end; from += BLOCK_ROWS) {
        blocks.add(maker.of(from, Math.min(end, from + BLOCK_ROWS)));
      }
      partitions.add(blocks);
    }
    return partitions;
  }

  private static Block block(Column features, int from, double[] labels) {
    int[] numbers = IntStream.range(from, from + labels.length).toArray();
    return new Block(
        labels.length,
        features,
        Column.dense(labels.length, 1, labels),
        Column.keys(Arrays.stream(numbers).map(i -> i % 5).toArray()),
        Column.keys(numbers));
  }

  /** a9a, labels -1 and 1; empty where the file is not there. */
  static Optional<SweepRows> adult() {
    return AdultHessian.file().map(SweepRows::adult);
  }

  private static SweepRows adult(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    List<List<Block>> partitions =
        dealt(lines.size(), (from, to) -> adult(lines.subList(from, to), from));
    return new SweepRows("a9a", schema(ADULT_FEATURES, Storage.CSR), partitions);
  }

  private static Block adult(List<String> lines, int from) {
    int[] start = new int[lines.size() + 1];
    double[] labels = new double[lines.size()];
    List<String[]> cells = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      List<String> line = List.of(lines.get(i).trim().split("\\s+", -1));
      labels[i] = Double.parseDouble(line.get(0)) > 0 ? 1 : -1;
      line.stream().skip(1).map(cell -> cell.split(":", -1)).forEach(cells::add);
      start[i + 1] = cells.size();
    }
    return block(
        Column.sparse(
            ADULT_FEATURES,
            start,
            cells.stream().mapToInt(cell -> Integer.parseInt(cell[0]) - 1).toArray(),
            cells.stream().mapToDouble(cell -> Double.parseDouble(cell[1])).toArray()),
        from,
        labels);
  }

  /**
   * Normal features by seed, with labels -1 and 1 of a logistic model whose coefficients are normal
   * with a deviation of a fifth, or real ones of its margins with noise.
   */
  static SweepRows dense(int n, int p, boolean isReal) {
    Random random = new Random(1);
    double[] w = random.doubles(p).map(u -> random.nextGaussian() / 5).toArray();
    List<List<Block>> partitions =
        dealt(
            n,
            (from, to) -> {
              double[] x = new double[(to - from) * p];
              double[] y = new double[to - from];
              for (int i = 0; i < y.length; i++) {
                double margin = 0;
                for (int j = 0; j < p; j++) {
                  x[i * p + j] = random.nextGaussian();
                  margin += x[i * p + j] * w[j];
                }
                double noise = random.nextDouble();
                boolean isPositive = noise < 1 / (1 + Math.exp(-margin));
                y[i] = isReal ? margin + noise : isPositive ? 1 : -1;
              }
              return block(Column.dense(y.length, p, x), from, y);
            });
    return new SweepRows("dense " + n + " x " + p, schema(p, Storage.DENSE), partitions);
  }

  /**
   * Sparse rows by seed, such as word counts are: {@code perRow} different columns each, with
   * values whose squares sum to 1; a tenth of the columns tell of the label.
   */
  static SweepRows sparse(int n, int p, int perRow) {
    return sparse(n, PARTITIONS, p, perRow);
  }

  /** The same in other partitions. */
  static SweepRows sparse(int n, int count, int p, int perRow) {
    Random random = new Random(1);
    double[] w = new double[p];
    for (int j = 0; j < p; j += 10) {
      w[j] = 12 * random.nextGaussian();
    }
    List<List<Block>> partitions =
        dealt(
            n,
            count,
            (from, to) -> {
              int[] start = new int[to - from + 1];
              int[] index = new int[(to - from) * perRow];
              double[] value = new double[index.length];
              double[] y = new double[to - from];
              for (int i = 0; i < y.length; i++) {
                int[] columns = random.ints(0, p).distinct().limit(perRow).sorted().toArray();
                double margin = 0;
                for (int e = 0; e < perRow; e++) {
                  index[i * perRow + e] = columns[e];
                  value[i * perRow + e] = 1 / Math.sqrt(perRow);
                  margin += w[columns[e]] / Math.sqrt(perRow);
                }
                start[i + 1] = (i + 1) * perRow;
                y[i] = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : -1;
              }
              return block(Column.sparse(p, start, index, value), from, y);
            });
    return new SweepRows("sparse " + n + " x " + p, schema(p, Storage.CSR), partitions);
  }

  /** The rows of one partition, in two of their own. */
  SweepRows part(int which) {
    List<Block> blocks = partitions.get(which);
    int middle = blocks.size() / 2;
    return new SweepRows(
        name, schema, List.of(blocks.subList(0, middle), blocks.subList(middle, blocks.size())));
  }

  Table inProcess() {
    return InProcessTable.of(schema, partitions);
  }

  /** The same, a partition each; whoever makes it closes it. */
  Table onSpark(JavaSparkContext context) {
    return SparkTable.of(
        schema,
        context
            .parallelize(new ArrayList<>(partitions), partitions.size())
            .flatMap(List::iterator)
            .cache());
  }
}
