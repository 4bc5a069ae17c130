package org.tacit.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final LabelKind labelKind;
  private final int classes;

  /** The parser of rows of this schema, whose feature columns have these widths. */
  FrameParser(StructType schema, Columns columns, int[] widths) {
    this.names = new ArrayList<>(Arrays.asList(schema.fieldNames()));
    this.features = indices("data.features", columns.features());
    this.widths = widths.clone();
    this.label = indices("data.label", List.of(columns.label()))[0];
    this.weight = columns.weight().map(name -> indices("data.weight", List.of(name))[0]).orElse(-1);
    this.keys = indices("data.keys", columns.keys());
    this.labelKind = columns.labelKind();
    this.classes = columns.classes();
  }

  private int[] indices(String key, List<String> columns) {
    return columns.stream()
        .mapToInt(
            name -> {
              int at = names.indexOf(name);
              if (at < 0) {
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

  @Override
  public Example parse(Row row) throws BadCell {
    int[] keyValues = new int[keys.length];
    for (int k = 0; k < keys.length; k++) {
      keyValues[k] = Cell.key(column(keys[k]), number(row, keys[k]));
    }
    double labelValue = Cell.label(column(label), number(row, label), labelKind, classes);
    double weightValue = weight < 0 ? 1 : Cell.weight(column(weight), number(row, weight));
    Example.Marks marks = new Example.Marks(labelValue, weightValue, keyValues);
    FeatureRow run = new FeatureRow(Arrays.stream(widths).sum());
    for (int i = 0; i < features.length; i++) {
      add(row, i, run);
    }
    return run.example(marks);
  }

  private void add(Row row, int feature, FeatureRow run) throws BadCell {
    int at = features[feature];
    Object cell = row.get(at);
    if (cell instanceof Vector vector) {
      requireWidth(at, vector.size(), widths[feature]);
      if (vector instanceof SparseVector sparse) {
        run.addSparse(column(at), sparse.indices(), sparse.values(), sparse.size());
      } else {
        for (double element : vector.toArray()) {
          run.add(Cell.finite(column(at), element));
        }
      }
    } else if (cell instanceof scala.collection.Seq<?>) {
      List<Object> elements = row.getList(at);
      requireWidth(at, elements.size(), widths[feature]);
      for (Object element : elements) {
        run.add(number(at, element));
      }
    } else {
      run.add(number(at, cell));
    }
  }

  private void requireWidth(int at, int width, int expected) throws BadCell {
    if (width != expected) {
      throw BadCell.of(
          column(at) + ": " + width + " elements (must be " + expected + " as in the first row)");
    }
  }

  private double number(Row row, int at) throws BadCell {
    return number(at, row.get(at));
  }

  private double number(int at, Object cell) throws BadCell {
    if (cell instanceof Number number) {
      return Cell.finite(column(at), number.doubleValue());
    }
    if (cell instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (cell == null) {
      throw BadCell.of(column(at), "null", "is missing");
    }
    throw BadCell.of(column(at), cell.toString(), "is not a number");
  }

  private String column(int at) {
    return "column " + (at + 1) + " (" + names.get(at) + ")";
  }
}
