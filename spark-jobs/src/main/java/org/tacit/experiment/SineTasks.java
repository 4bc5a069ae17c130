package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.DenseColumn;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;

/**
 * Sines a sin(x + phase), one a row of a table: some points (x, y) to adapt to and others (query x,
 * query y) to be judged by. a in [0.1, 5], phase in [0, pi], x in [-5, 5], all uniform. Source:
 * Finn, Abbeel and Levine 2017, section 5.1.
 */
record SineTasks(int points, int queries) {
  private static final double WIDEST = 5;

  /** One sine. */
  record Sine(double amplitude, double phase) {
    static Sine of(Random random) {
      return new Sine(0.1 + 4.9 * random.nextDouble(), Math.PI * random.nextDouble());
    }

    double at(double x) {
      return amplitude * Math.sin(x + phase);
    }
  }

  Schema schema() {
    return Schema.of(
        new Schema.Field("x", points, Storage.DENSE),
        new Schema.Field("y", points, Storage.DENSE),
        new Schema.Field("query x", queries, Storage.DENSE),
        new Schema.Field("query y", queries, Storage.DENSE));
  }

  /** A table of {@code count} tasks in {@code partitions} partitions. */
  Table draw(int count, int partitions, Random random) {
    List<List<Block>> blocks = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      int rows = (p + 1) * count / partitions - p * count / partitions;
      if (rows > 0) {
        blocks.add(List.of(block(rows, random)));
      }
    }
    return InProcessTable.of(schema(), blocks);
  }

  private Block block(int rows, Random random) {
    double[] x = new double[rows * points];
    double[] y = new double[rows * points];
    double[] queryX = new double[rows * queries];
    double[] queryY = new double[rows * queries];
    for (int i = 0; i < rows; i++) {
      Sine sine = Sine.of(random);
      fill(sine, x, y, i * points, points, random);
      fill(sine, queryX, queryY, i * queries, queries, random);
    }
    return block(rows, x, y, queryX, queryY);
  }

  private static void fill(Sine sine, double[] x, double[] y, int from, int count, Random random) {
    for (int j = from; j < from + count; j++) {
      x[j] = WIDEST * (2 * random.nextDouble() - 1);
      y[j] = sine.at(x[j]);
    }
  }

  /** One task whose queries are equally far apart. */
  record Example(Sine sine, List<Double> points, Table table) {}

  /** Query {@code j} of an example. */
  double grid(int j) {
    return WIDEST * (2.0 * j / (queries - 1) - 1);
  }

  Example example(Random random) {
    Sine sine = Sine.of(random);
    double[] x = new double[points];
    double[] y = new double[points];
    fill(sine, x, y, 0, points, random);
    double[] queryX = IntStream.range(0, queries).mapToDouble(this::grid).toArray();
    double[] queryY = Arrays.stream(queryX).map(sine::at).toArray();
    return new Example(
        sine,
        Arrays.stream(x).boxed().toList(),
        InProcessTable.of(schema(), block(1, x, y, queryX, queryY)));
  }

  private Block block(int rows, double[] x, double[] y, double[] queryX, double[] queryY) {
    return new Block(
        rows,
        new DenseColumn(rows, points, x),
        new DenseColumn(rows, points, y),
        new DenseColumn(rows, queries, queryX),
        new DenseColumn(rows, queries, queryY));
  }
}
