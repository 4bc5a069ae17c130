package org.tacit.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Reads rows of a data set: numbers, arrays of numbers and vectors side by side. */
final class FrameParser implements RowParser<Row> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> names;
  private final int[] features;
  private final int[] widths;
  private final int label;
  private final int weight;
  private final int[] keys;
  private final LabelRule labels;
  private final FeatureRange range;

  /** The parser of rows of this schema, whose feature columns have these widths. */
  FrameParser(StructType schema, Columns columns, int[] widths, Capacity capacity) {
    this.names = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    Map<String, Integer> places = new HashMap<>();
    for (int at = names.size() - 1; at >= 0; at--) {
      places.put(names.get(at), at);
    }
    this.features = places(places, "data.features", columns.features());
    this.widths = widths.clone();
    this.label = places(places, "data.label", List.of(columns.label()))[0];
    this.weight =
        columns.weight().map(name -> places(places, "data.weight", List.of(name))[0]).orElse(-1);
    this.keys = places(places, "data.keys", columns.keys());
    this.labels = new LabelRule(columns, capacity);
    this.range = new FeatureRange(columns);
  }

  private int[] places(Map<String, Integer> places, String key, List<String> columns) {
    return columns.stream()
        .mapToInt(
            name -> {
              Integer at = places.get(name);
              if (at == null) {
                throw ColumnNames.missing(key, name, names);
              }
              return at;
            })
        .toArray();
  }

  @Override
  public boolean isRow(Row row) {
    return true;
  }

  /** Of the cells that are read. */
  @Override
  public int fingerprint(Row row) {
    int hash = Objects.hashCode(row.get(label));
    if (weight >= 0) {
      hash = 31 * hash + Objects.hashCode(row.get(weight));
    }
    for (int at : keys) {
      hash = 31 * hash + Objects.hashCode(row.get(at));
    }
    for (int at : features) {
      hash = 31 * hash + Objects.hashCode(row.get(at));
    }
    return hash;
  }

  @Override
  public Example parse(Row row) throws BadCell {
    int at = label;
    try {
      double labelValue = labels.checked(number(row.get(at)));
      double weightValue = 1;
      if (weight >= 0) {
        at = weight;
        weightValue = Cell.weight(number(row.get(at)));
      }
      int[] keyValues = new int[keys.length];
      for (int k = 0; k < keys.length; k++) {
        at = keys[k];
        keyValues[k] = Cell.key(number(row.get(at)));
      }
      FeatureRow run = new FeatureRow(range);
      for (int i = 0; i < features.length; i++) {
        at = features[i];
        add(row, at, widths[i], run);
      }
      return run.example(new Example.Marks(labelValue, weightValue, keyValues));
    } catch (BadCell bad) {
      throw bad.in("column " + (at + 1) + " (" + names.get(at) + ")");
    }
  }

  private void add(Row row, int at, int width, FeatureRow run) throws BadCell {
    Object cell = row.get(at);
    if (cell instanceof Vector vector) {
      requireWidth(vector.size(), width);
      if (vector instanceof SparseVector sparse) {
        run.addSparse(sparse.indices(), sparse.values(), sparse.size());
      } else {
        for (double element : vector.toArray()) {
          run.add(element);
        }
      }
    } else if (cell instanceof scala.collection.Seq<?>) {
      List<Object> elements = row.getList(at);
      requireWidth(elements.size(), width);
      for (Object element : elements) {
        run.add(number(element));
      }
    } else {
      run.add(number(cell));
    }
  }

  private static void requireWidth(int width, int expected) throws BadCell {
    if (width != expected) {
      throw BadCell.of(width + " elements (must be " + expected + " as in the first row)");
    }
  }

  private static double number(Object cell) throws BadCell {
    if (cell instanceof Number number) {
      return Cell.finite(number.doubleValue());
    }
    if (cell instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (cell == null) {
      throw BadCell.of("null", "is missing");
    }
    throw BadCell.of(cell.toString(), "is not a number");
  }
}
