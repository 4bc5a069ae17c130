package org.tacit.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.CsrColumn;
import org.tacit.matrix.DenseColumn;
import org.tacit.matrix.FloatColumn;
import org.tacit.matrix.KeyColumn;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;

/** How rows become blocks: features, label, then weight and keys where there are any. */
final class BlockLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Blocks are about this large: a task streams over several, and one is easily moved. */
  private static final long BLOCK_BYTES = 4L << 20;

  private final int width;
  private final Storage storage;
  private final double scale;
  private final LabelKind labelKind;
  private final boolean weighted;
  private final ArrayList<String> keys;

  BlockLayout(Columns columns, int width, Storage storage) {
    this.width = width;
    this.storage = storage;
    this.scale = columns.scale();
    this.labelKind = columns.labelKind();
    this.weighted = columns.weight().isPresent();
    this.keys = new ArrayList<>(columns.keys());
  }

  boolean hasClasses() {
    return labelKind == LabelKind.CLASSES;
  }

  /** What floats lose of the features, where they are stored as such. */
  Optional<FloatLoss> floatLoss() {
    return storage == Storage.FLOAT ? Optional.of(new FloatLoss(width, scale)) : Optional.empty();
  }

  Schema schema() {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(Rows.FEATURES, width, storage));
    Storage labels = labelKind == LabelKind.CLASSES ? Storage.KEY : Storage.DENSE;
    fields.add(new Schema.Field(Rows.LABEL, 1, labels));
    if (weighted) {
      fields.add(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE));
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
    return features + rows * (8 + (weighted ? 8 : 0) + 4L * keys.size());
  }

  /** The rows in order as blocks, none of them empty. */
  Iterator<Block> blocks(Iterator<Example> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Block next() {
        List<Example> run = new ArrayList<>();
        long bytes = 0;
        while (rows.hasNext() && bytes < BLOCK_BYTES) {
          Example row = rows.next();
          run.add(row);
          bytes += bytes(1, row.size());
        }
        return block(run);
      }
    };
  }

  private Block block(List<Example> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        switch (storage) {
          case CSR -> csr(rows);
          case FLOAT -> floats(rows);
          case DENSE, KEY -> new DenseColumn(rows.size(), width, dense(rows));
        });
    columns.add(labels(rows));
    if (weighted) {
      double[] weights = rows.stream().mapToDouble(Example::weight).toArray();
      columns.add(new DenseColumn(rows.size(), 1, weights));
    }
    for (int k = 0; k < keys.size(); k++) {
      int key = k;
      columns.add(new KeyColumn(rows.stream().mapToInt(row -> row.key(key)).toArray()));
    }
    return new Block(rows.size(), columns.toArray(new Column[0]));
  }

  private Column labels(List<Example> rows) {
    return switch (labelKind) {
      case CLASSES -> new KeyColumn(rows.stream().mapToInt(row -> (int) row.label()).toArray());
      case BINARY ->
          new DenseColumn(
              rows.size(), 1, rows.stream().mapToDouble(row -> row.label() > 0 ? 1 : -1).toArray());
      case REAL, NON_NEGATIVE, POSITIVE ->
          new DenseColumn(rows.size(), 1, rows.stream().mapToDouble(Example::label).toArray());
    };
  }

  private double[] dense(List<Example> rows) {
    double[] elements = new double[Math.multiplyExact(rows.size(), width)];
    for (int r = 0; r < rows.size(); r++) {
      Example row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        elements[r * width + row.index(i)] = scale * row.value(i);
      }
    }
    return elements;
  }

  private FloatColumn floats(List<Example> rows) {
    double[] elements = dense(rows);
    float[] floats = new float[elements.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) elements[i];
      if (Float.isInfinite(floats[i])) {
        throw new DataException(
            "data.storage",
            "Invalid feature: "
                + elements[i]
                + " (must fit a 32-bit float; set data.storage = double, or a data.scale)");
      }
    }
    return new FloatColumn(rows.size(), width, floats);
  }

  private CsrColumn csr(List<Example> rows) {
    int[] rowStart = new int[rows.size() + 1];
    int total = rows.stream().mapToInt(Example::size).sum();
    int[] index = new int[total];
    double[] values = new double[total];
    int at = 0;
    for (int r = 0; r < rows.size(); r++) {
      Example row = rows.get(r);
      for (int i = 0; i < row.size(); i++) {
        if (row.value(i) != 0) {
          index[at] = row.index(i);
          values[at++] = scale * row.value(i);
        }
      }
      rowStart[r + 1] = at;
    }
    return new CsrColumn(
        width, rowStart, java.util.Arrays.copyOf(index, at), java.util.Arrays.copyOf(values, at));
  }
}
