package org.tacit.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.tacit.loss.Labels;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;

/**
 * How rows become blocks: features, label, then weight, offset, row key and keys where there are
 * any.
 *
 * @param names those that row keys are numbers of, in order; empty where they are row numbers
 */
record BlockLayout(Schema schema, boolean isOfSigns, double scale, List<String> names)
    implements Serializable {
  BlockLayout(Columns columns, int width, Storage storage) {
    this(
        schema(columns, width, storage),
        columns.labelKind() == Labels.BINARY,
        columns.scale(),
        List.of());
  }

  BlockLayout withNames(List<String> ofKeys) {
    return new BlockLayout(schema, isOfSigns, scale, List.copyOf(ofKeys));
  }

  private static Schema schema(Columns columns, int width, Storage storage) {
    boolean hasClasses = columns.labelKind() == Labels.CLASSES;
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(Rows.FEATURES, width, storage));
    fields.add(new Schema.Field(Rows.LABEL, 1, hasClasses ? Storage.KEY : Storage.DENSE));
    columns.weight().ifPresent(of -> fields.add(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE)));
    columns.offset().ifPresent(of -> fields.add(new Schema.Field(Rows.OFFSET, 1, Storage.DENSE)));
    columns.rowKey().ifPresent(of -> fields.add(new Schema.Field(RowKey.COLUMN, 1, Storage.KEY)));
    columns.keys().forEach(key -> fields.add(new Schema.Field(key, 1, Storage.KEY)));
    return Schema.of(fields);
  }

  private int width() {
    return schema.field(Rows.FEATURES).width();
  }

  private Storage storage() {
    return schema.field(Rows.FEATURES).storage();
  }

  boolean hasClasses() {
    return schema.field(Rows.LABEL).storage() == Storage.KEY;
  }

  /** What floats lose of the features; of none where they are not stored as such. */
  FloatLoss floatLoss() {
    return new FloatLoss(storage() == Storage.FLOAT ? width() : 0, scale);
  }

  /** What this many rows with this many values that are not zero take, in bytes. */
  long bytes(long rows, long nonZeros) {
    long features =
        switch (storage()) {
          case CSR -> 12 * nonZeros + 4 * rows;
          case FLOAT -> Math.multiplyExact(4L * width(), rows);
          case DENSE, KEY -> Math.multiplyExact(8L * width(), rows);
        };
    var marks = schema.fields().stream().skip(2);
    return features + rows * (8 + marks.mapToLong(f -> f.storage() == Storage.KEY ? 4 : 8).sum());
  }

  Block block(Run run) {
    int firstKey = schema.fields().size() - run.keyCount();
    Column[] columns = new Column[schema.fields().size()];
    for (int c = 0; c < columns.length; c++) {
      int key = c - firstKey;
      columns[c] =
          switch (schema.fields().get(c).name()) {
            case Rows.FEATURES -> features(run);
            case Rows.LABEL -> hasClasses() ? keys(run, r -> (int) run.label(r)) : labels(run);
            case Rows.WEIGHT -> numbers(run, run::weight);
            case Rows.OFFSET -> numbers(run, run::offset);
            case RowKey.COLUMN -> rowKeys(run);
            default -> keys(run, r -> run.key(r, key));
          };
    }
    return new Block(run.rows(), columns);
  }

  /** A name that is none of those, as a row that is not fitted may have, gets the next number. */
  private Column rowKeys(Run run) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(name -> numbers.put(name, numbers.size()));
    return keys(
        run,
        r ->
            run.name(r)
                .map(name -> numbers.getOrDefault(name, names.size()))
                .orElse((int) (run.number(r) & Integer.MAX_VALUE)));
  }

  /** Whether blocks hold the numbers of their rows in the source. */
  boolean hasRowNumbers() {
    return schema.has(RowKey.COLUMN) && names.isEmpty();
  }

  private Column features(Run run) {
    return switch (storage()) {
      case CSR -> csr(run);
      case FLOAT -> floats(run);
      case DENSE, KEY -> Column.dense(run.rows(), width(), dense(run));
    };
  }

  private Column labels(Run run) {
    return numbers(run, isOfSigns ? r -> run.label(r) > 0 ? 1 : -1 : run::label);
  }

  private static Column numbers(Run run, IntToDoubleFunction value) {
    double[] all = IntStream.range(0, run.rows()).mapToDouble(value).toArray();
    return Column.dense(all.length, 1, all);
  }

  private static Column keys(Run run, IntUnaryOperator value) {
    return Column.keys(IntStream.range(0, run.rows()).map(value).toArray());
  }

  /** The run's own values where they are what is wanted. */
  private double[] dense(Run run) {
    if (!run.isSparse() && scale == 1) {
      return run.values();
    }
    int width = width();
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
    return Column.floats(run.rows(), width(), floats);
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
    return Column.sparse(width(), rowStart, Arrays.copyOf(index, at), Arrays.copyOf(values, at));
  }
}
