package org.tacit.matrix;

/** A sparse column in compressed rows. */
final class CsrColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final int[] rowStart;
  private final int[] index;
  private final double[] value;

  CsrColumn(int width, int[] rowStart, int[] index, double[] value) {
    if (rowStart.length == 0
        || index.length != value.length
        || rowStart[rowStart.length - 1] > index.length) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid sparse column: %s row starts, %s indices, %s values (must be rows + 1,"
                  + " and as many indices as values)",
              rowStart.length, index.length, value.length));
    }
    for (int i = 0; i < rowStart.length; i++) {
      int before = i == 0 ? 0 : rowStart[i - 1];
      if (rowStart[i] < before) {
        throw new IllegalArgumentException(
            "Invalid row starts: %s before %s (must ascend from >= 0)"
                .formatted(before, rowStart[i]));
      }
    }
    for (int j : index) {
      if (j < 0 || j >= width) {
        throw new IllegalArgumentException(
            "Invalid index: " + j + " (must be >= 0 and < " + width + ")");
      }
    }
    this.width = width;
    this.rowStart = rowStart;
    this.index = index;
    this.value = value;
  }

  int[] rowStart() {
    return rowStart;
  }

  int[] index() {
    return index;
  }

  double[] value() {
    return value;
  }

  @Override
  public int rows() {
    return rowStart.length - 1;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public long numbers() {
    return (long) rowStart[rowStart.length - 1] - rowStart[0];
  }

  @Override
  public Storage storage() {
    return Storage.CSR;
  }

  /** Columns ascend, so that the indices of rows do. */
  @Override
  public Column only(int... columns) {
    int[] place = new int[width];
    for (int k = 0; k < columns.length; k++) {
      if (k > 0 && columns[k] <= columns[k - 1]) {
        throw new IllegalArgumentException(
            "Invalid columns: %s after %s (must ascend)".formatted(columns[k], columns[k - 1]));
      }
      place[columns[k]] = k + 1;
    }
    int[] start = new int[rowStart.length];
    for (int i = 0; i < rows(); i++) {
      start[i + 1] = start[i];
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        start[i + 1] += place[index[e]] > 0 ? 1 : 0;
      }
    }
    int[] some = new int[start[rows()]];
    double[] values = new double[some.length];
    for (int e = rowStart[0], at = 0; at < some.length; e++) {
      if (place[index[e]] > 0) {
        some[at] = place[index[e]] - 1;
        values[at++] = value[e];
      }
    }
    return Column.sparse(columns.length, start, some, values);
  }

  @Override
  public void each(Entries entries) {
    for (int i = 0; i < rows(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        entries.at(i, index[e], value[e]);
      }
    }
  }

  @Override
  public Operand cursor() {
    return new CsrWindow(this);
  }
}
