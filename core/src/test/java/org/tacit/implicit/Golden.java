package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;

/** The small table of golden values: X_ij = sin((i + 1)(j + 1)) and y_i = cos(0.7 i), 10 x 3. */
final class Golden {
  static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 3, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  static final Rows ROWS = new Rows("train", SCHEMA);

  private Golden() {}

  /** The ridge regression 1/(2n) |X w - y|^2 + lambda/2 |w|^2 in w, its parameter being lambda. */
  static Condition ridge() {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(3),
        Parameters.vector(1),
        (w, lambda) ->
            ROWS.features()
                .matmul(w)
                .minus(ROWS.label())
                .square()
                .meanRows()
                .times(0.5)
                .plus(lambda.times(w.dot(w)).times(0.5)));
  }

  /** The table in runs of {@code rowsPerPartition} rows. */
  static Table table(int rowsPerPartition) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int from = 0; from < 10; from += rowsPerPartition) {
      int rows = Math.min(rowsPerPartition, 10 - from);
      double[] x = new double[rows * 3];
      double[] y = new double[rows];
      for (int i = 0; i < rows; i++) {
        y[i] = Math.cos(0.7 * (from + i));
        for (int j = 0; j < 3; j++) {
          x[i * 3 + j] = Math.sin((from + i + 1) * (j + 1));
        }
      }
      partitions.add(List.of(new Block(rows, Column.dense(rows, 3, x), Column.dense(rows, 1, y))));
    }
    return InProcessTable.of(SCHEMA, partitions);
  }
}
