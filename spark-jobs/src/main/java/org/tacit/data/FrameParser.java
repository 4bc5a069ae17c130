package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Reads rows of a data set as Spark has them inside: doubles, arrays of doubles and vectors side by
 * side, behind label, weight, offset and keys.
 */
final class FrameParser implements RowParser<InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FrameColumn> columns;
  private final boolean isWeighted;
  private final boolean hasOffset;
  private final int keys;
  private final int width;
  private final boolean[] isNumber;
  private final boolean isOfNumbers;
  private final LabelRule labels;
  private final FeatureRange range;

  /**
   * The parser of rows of these columns: label, weight and offset where there are any, keys,
   * features.
   */
  FrameParser(List<FrameColumn> columns, Columns named, Capacity capacity) {
    this.columns = new ArrayList<>(columns);
    this.isWeighted = named.weight().isPresent();
    this.hasOffset = named.offset().isPresent();
    this.keys = named.keys().size();
    this.width =
        columns.stream()
            .filter(column -> column.kind() != FrameColumn.Kind.VECTOR)
            .mapToInt(FrameColumn::width)
            .sum();
    this.isNumber = new boolean[columns.size()];
    for (int at = 0; at < isNumber.length; at++) {
      isNumber[at] = columns.get(at).kind() == FrameColumn.Kind.NUMBER;
    }
    this.isOfNumbers = columns.stream().noneMatch(FrameColumn::isList);
    this.labels = new LabelRule(named, capacity);
    this.range = new FeatureRange(named);
  }

  @Override
  public boolean isRow(InternalRow row) {
    return true;
  }

  @Override
  public String shown(InternalRow row) {
    List<String> cells = new ArrayList<>();
    for (int at = 0; at < columns.size(); at++) {
      cells.add(row.isNullAt(at) ? "null" : columns.get(at).shown(row, at));
    }
    return cells.toString();
  }

  @Override
  public Example parse(InternalRow row) throws BadCell {
    int at = 0;
    try {
      double label = labels.checked(number(row, at));
      double weight = 1;
      if (isWeighted) {
        at++;
        weight = Cell.weight(number(row, at));
      }
      double offset = 0;
      if (hasOffset) {
        at++;
        offset = number(row, at);
      }
      int[] keyValues = new int[keys];
      for (int k = 0; k < keys; k++) {
        at++;
        keyValues[k] = Cell.key(number(row, at));
      }
      Example.Marks marks = new Example.Marks(label, weight, offset, keyValues);
      at++;
      if (isOfNumbers) {
        double[] values = new double[columns.size() - at];
        for (int from = at; at < columns.size(); at++) {
          values[at - from] = range.checked(number(row, at));
        }
        return Example.dense(marks, values);
      }
      FeatureRow features = new FeatureRow(range, width);
      for (; at < columns.size(); at++) {
        add(row, at, features);
      }
      return features.example(marks);
    } catch (BadCell bad) {
      throw bad.in(columns.get(at).place());
    }
  }

  private double number(InternalRow row, int at) throws BadCell {
    requireCell(row, at);
    if (!isNumber[at]) {
      throw BadCell.of(columns.get(at).shown(row, at), "is not a number");
    }
    return Cell.finite(row.getDouble(at));
  }

  private static void requireCell(InternalRow row, int at) throws BadCell {
    if (row.isNullAt(at)) {
      throw BadCell.of("null", "is missing");
    }
  }

  private void add(InternalRow row, int at, FeatureRow features) throws BadCell {
    FrameColumn column = columns.get(at);
    switch (column.kind()) {
      case NUMBERS -> {
        requireCell(row, at);
        ArrayData elements = row.getArray(at);
        requireWidth(elements.numElements(), column.width());
        for (int i = 0; i < column.width(); i++) {
          if (elements.isNullAt(i)) {
            throw BadCell.of("null", "is missing");
          }
          features.add(Cell.finite(elements.getDouble(i)));
        }
      }
      case VECTOR -> {
        requireCell(row, at);
        Vector vector = column.vector(row, at);
        requireWidth(vector.size(), column.width());
        if (vector instanceof SparseVector sparse) {
          features.addSparse(sparse.indices(), sparse.values(), sparse.size());
        } else {
          for (double element : vector.toArray()) {
            features.add(element);
          }
        }
      }
      case NUMBER, OTHER -> features.add(number(row, at));
    }
  }

  private static void requireWidth(int width, int expected) throws BadCell {
    if (width != expected) {
      throw BadCell.of(width + " elements (must be " + expected + " as in the first row)");
    }
  }
}
