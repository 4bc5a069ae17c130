package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;

/**
 * Rows in arrays as blocks of about 4 MB, features and labels by the names that {@link Rows} has
 * for them. The arrays are copied.
 */
public record RowArrays(Schema schema, List<Block> blocks) {
  private static final int BLOCK_NUMBERS = 1 << 19;

  public RowArrays {
    blocks = List.copyOf(blocks);
  }

  /** Row i is {@code features[i]} with {@code labels[i]}; all must be finite. */
  public static RowArrays of(double[][] features, double[] labels) {
    if (features.length == 0 || features[0].length == 0) {
      throw new IllegalArgumentException(
          "Invalid features: none (must be one row and one column or more)");
    }
    if (labels.length != features.length) {
      throw new IllegalArgumentException(
          "Invalid labels: %s (must be %s, one for each row of features)"
              .formatted(labels.length, features.length));
    }
    int width = features[0].length;
    Schema schema =
        Schema.of(
            new Schema.Field(Rows.FEATURES, width, Storage.DENSE),
            new Schema.Field(Rows.LABEL, 1, Storage.DENSE));
    int height = Math.max(1, BLOCK_NUMBERS / (width + 1));
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < labels.length; from += height) {
      blocks.add(block(features, labels, from, Math.min(labels.length, from + height)));
    }
    return new RowArrays(schema, blocks);
  }

  private static Block block(double[][] features, double[] labels, int from, int to) {
    int width = features[0].length;
    double[] elements = new double[(to - from) * width];
    for (int i = from; i < to; i++) {
      if (features[i].length != width) {
        throw new IllegalArgumentException(
            "Invalid features: row %s has %s (must have %s, as row 0)"
                .formatted(i, features[i].length, width));
      }
      requireFinite("label", labels[i], i, "");
      for (int j = 0; j < width; j++) {
        requireFinite("feature", features[i][j], i, ", column " + j);
      }
      System.arraycopy(features[i], 0, elements, (i - from) * width, width);
    }
    return new Block(
        to - from,
        Column.dense(to - from, width, elements),
        Column.dense(to - from, 1, Arrays.copyOfRange(labels, from, to)));
  }

  private static void requireFinite(String what, double value, int row, String column) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + value + " in row " + row + column + " (must be finite)");
    }
  }
}
