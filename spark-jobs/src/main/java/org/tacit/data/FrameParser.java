package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * Reads rows of a data set as Spark has them inside: doubles, arrays of doubles and vectors side by
 * side, behind label, weight, offset, keys and name.
 */
final class FrameParser implements RowParser<InternalRow>, ColumnReader.Cells<InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FrameColumn> columns;
  private final boolean[] isNumber;
  private final ColumnReader reader;

  /**
   * Of rows of these columns: label, weight, offset, keys and name where there are any, features.
   */
  FrameParser(List<FrameColumn> columns, Columns named, Capacity capacity) {
    this.columns = new ArrayList<>(columns);
    this.isNumber = new boolean[columns.size()];
    for (int at = 0; at < isNumber.length; at++) {
      isNumber[at] = columns.get(at).kind() == FrameColumn.Kind.NUMBER;
    }
    int marks = named.marks().size();
    this.reader =
        new ColumnReader(
            IntStream.range(0, marks).toArray(),
            IntStream.range(marks, columns.size()).toArray(),
            named,
            capacity);
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
  public void parse(InternalRow row, RunBuilder rows) throws BadCell {
    reader.read(row, this, rows);
  }

  @Override
  public String column(int at) {
    return columns.get(at).place();
  }

  @Override
  public double number(InternalRow row, int at) throws BadCell {
    requireCell(row, at);
    if (!isNumber[at]) {
      throw BadCell.ofText(columns.get(at).shown(row, at), "");
    }
    return Cell.finite(row.getDouble(at));
  }

  @Override
  public String name(InternalRow row, int at) throws BadCell {
    requireCell(row, at);
    return Cell.name(columns.get(at).shown(row, at));
  }

  @Override
  public boolean isMissing(InternalRow row, int at) {
    return row.isNullAt(at) || columns.get(at).shown(row, at).isBlank();
  }

  private static void requireCell(InternalRow row, int at) throws BadCell {
    if (row.isNullAt(at)) {
      throw BadCell.of("null", "is missing");
    }
  }

  @Override
  public void addTo(RunBuilder rows, FeatureRange range, InternalRow row, int at) throws BadCell {
    if (isNumber[at] || !columns.get(at).isList()) {
      rows.add(range.checked(number(row, at)));
      return;
    }
    FrameColumn column = columns.get(at);
    requireCell(row, at);
    if (column.kind() == FrameColumn.Kind.NUMBERS) {
      ArrayData elements = row.getArray(at);
      requireWidth(elements.numElements(), column.width());
      for (int i = 0; i < column.width(); i++) {
        if (elements.isNullAt(i)) {
          throw BadCell.of("null", "is missing");
        }
        rows.add(range.checked(Cell.finite(elements.getDouble(i))));
      }
      return;
    }
    Vector vector = column.vector(row, at);
    requireWidth(vector.size(), column.width());
    if (vector instanceof SparseVector sparse) {
      addSparse(rows, range, sparse);
    } else {
      for (double element : vector.toArray()) {
        rows.add(range.checked(element));
      }
    }
  }

  private static void addSparse(RunBuilder rows, FeatureRange range, SparseVector vector)
      throws BadCell {
    int[] index = vector.indices();
    double[] values = vector.values();
    int added = 0;
    for (int i = 0; i < index.length; i++) {
      rows.skip(index[i] - added);
      rows.add(range.checked(values[i]));
      added = index[i] + 1;
    }
    rows.skip(vector.size() - added);
  }

  private static void requireWidth(int width, int expected) throws BadCell {
    if (width != expected) {
      throw BadCell.of(width + " elements (must be " + expected + " as in the first row)");
    }
  }
}
