package org.tacit.experiment;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;

/**
 * Sines a sin(x + phase), one a row: some points (x, y) to adapt to and others (query x, query y)
 * to be judged by. a in [0.1, 5], phase in [0, pi], x in [-5, 5], all uniform. Source: Finn, Abbeel
 * and Levine 2017, section 5.1.
 */
record SineTasks(int points, int queries) {
  Schema schema() {
    return Schema.of(
        new Schema.Field("x", points, Storage.DENSE),
        new Schema.Field("y", points, Storage.DENSE),
        new Schema.Field("query x", queries, Storage.DENSE),
        new Schema.Field("query y", queries, Storage.DENSE));
  }

  /** A table of so many tasks. */
  Table draw(int count, Random random) {
    return table(rows(count, random, j -> 10 * random.nextDouble() - 5));
  }

  /** In two partitions. */
  Table table(Matrix rows) {
    return InProcessTable.of(schema(), rows, 2, rows.rows());
  }

  /** The place of query j where they are equally far apart. */
  double grid(int j) {
    return 10.0 * j / (queries - 1) - 5;
  }

  /** The tasks with their queries at these places. */
  Matrix rows(int count, Random random, IntToDoubleFunction place) {
    int width = 2 * (points + queries);
    double[] all = new double[count * width];
    for (int row = 0; row < all.length; row += width) {
      double amplitude = 0.1 + 4.9 * random.nextDouble();
      double phase = Math.PI * random.nextDouble();
      for (int j = 0; j < points + queries; j++) {
        double x = j < points ? 10 * random.nextDouble() - 5 : place.applyAsDouble(j - points);
        int at = j < points ? row + j : row + points + j;
        all[at] = x;
        all[at + (j < points ? points : queries)] = amplitude * Math.sin(x + phase);
      }
    }
    return Matrix.adopting(count, width, all);
  }
}
