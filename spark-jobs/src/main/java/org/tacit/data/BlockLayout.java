package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tacit.loss.Labels;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;

/** How rows become blocks: features, label, then weight, offset and keys where there are any. */
final class BlockLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final Storage storage;
  private final double scale;
  private final Labels labelKind;
  private final boolean weighted;
  private final boolean hasOffset;
  private final ArrayList<String> keys;

  BlockLayout(Columns columns, int width, Storage storage) {
    this.width = width;
    this.storage = storage;
    this.scale = columns.scale();
    this.labelKind = columns.labelKind();
    this.weighted = columns.weight().isPresent();
    this.hasOffset = columns.offset().isPresent();
    this.keys = new ArrayList<>(columns.keys());
  }

  boolean hasClasses() {
    return labelKind == Labels.CLASSES;
  }

  /** What floats lose of the features; of none where they are not stored as such. */
  FloatLoss floatLoss() {
    return new FloatLoss(storage == Storage.FLOAT ? width : 0, scale);
  }

  Schema schema() {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(Rows.FEATURES, width, storage));
    Storage labels = labelKind == Labels.CLASSES ? Storage.KEY : Storage.DENSE;
    fields.add(new Schema.Field(Rows.LABEL, 1, labels));
    if (weighted) {
      fields.add(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE));
    }
    if (hasOffset) {
      fields.add(new Schema.Field(Rows.OFFSET, 1, Storage.DENSE));
    }
    keys.forEach(key -> fields.add(new Schema.Field(key, 1, Storage.KEY)));
    return Schema.of(fields);
  }

  /** What this many rows with this many values that are not zero take, in bytes. */
  long bytes(long rows, long nonZeros) {
    long features =
        switch (storage) {
          case CSR -> 12 * nonZeros + 4 * rows;
          case FLOAT -> Math.multiplyExact(4L * width, rows);
          case DENSE, KEY -> Math.multiplyExact(8L * width, rows);
        };
    return features + rows * (8 + (weighted ? 8 : 0) + (hasOffset ? 8 : 0) + 4L * keys.size());
  }

  Block block(Run run) {
    int rows = run.rows();
    List<Column> columns = new ArrayList<>();
    columns.add(
        switch (storage) {
          case CSR -> csr(run);
          case FLOAT -> floats(run);
          case DENSE, KEY -> Column.dense(rows, width, dense(run));
        });
    columns.add(labels(run));
    if (weighted) {
      columns.add(Column.dense(rows, 1, each(rows, run::weight)));
    }
    if (hasOffset) {
      columns.add(Column.dense(rows, 1, each(rows, run::offset)));
    }
    for (int k = 0; k < keys.size(); k++) {
      int key = k;
      columns.add(Column.keys(IntStream.range(0, rows).map(r -> run.key(r, key)).toArray()));
    }
    return new Block(rows, columns.toArray(new Column[0]));
  }

  private Column labels(Run run) {
    int rows = run.rows();
    return switch (labelKind) {
      case CLASSES -> Column.keys(IntStream.range(0, rows).map(r -> (int) run.label(r)).toArray());
      case BINARY -> Column.dense(rows, 1, each(rows, r -> run.label(r) > 0 ? 1 : -1));
      case REAL, NON_NEGATIVE, POSITIVE -> Column.dense(rows, 1, each(rows, run::label));
    };
  }

  private static double[] each(int rows, IntToDoubleFunction value) {
    return IntStream.range(0, rows).mapToDouble(value).toArray();
  }

  /** The run's own values where they are what is wanted. */
  private double[] dense(Run run) {
    if (!run.isSparse() && scale == 1) {
      return run.values();
    }
    double[] elements = new double[Math.multiplyExact(run.rows(), width)];
    for (int r = 0; r < run.rows(); r++) {
      for (int i = 0; i < run.size(r); i++) {
        elements[r * width + run.index(r, i)] = scale * run.value(r, i);
      }
    }
    return elements;
  }

  private Column floats(Run run) {
    double[] elements = dense(run);
    float[] floats = new float[elements.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) elements[i];
    }
    return Column.floats(run.rows(), width, floats);
  }

  private Column csr(Run run) {
    int[] rowStart = new int[run.rows() + 1];
    int[] index = new int[run.values().length];
    double[] values = new double[index.length];
    int at = 0;
    for (int r = 0; r < run.rows(); r++) {
      for (int i = 0; i < run.size(r); i++) {
        if (run.value(r, i) != 0) {
          index[at] = run.index(r, i);
          values[at++] = scale * run.value(r, i);
        }
      }
      rowStart[r + 1] = at;
    }
    return Column.sparse(width, rowStart, Arrays.copyOf(index, at), Arrays.copyOf(values, at));
  }
}
