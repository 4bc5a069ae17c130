package org.tacit.matrix;

/** A column of row-major doubles. */
final class DenseColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int width;
  private final double[] elements;

  DenseColumn(int rows, int width, double[] elements) {
    if ((long) rows * width != elements.length) {
      throw new IllegalArgumentException(
          "Invalid column: %s elements for %s rows of %s (must be rows * width)"
              .formatted(elements.length, rows, width));
    }
    this.rows = rows;
    this.width = width;
    this.elements = elements;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Storage storage() {
    return Storage.DENSE;
  }

  @Override
  public Column only(int... columns) {
    double[] some = new double[rows * columns.length];
    for (int i = 0, e = 0; i < rows; i++) {
      for (int j : columns) {
        some[e++] = elements[i * width + j];
      }
    }
    return Column.dense(rows, columns.length, some);
  }

  @Override
  public void each(Entries entries) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        entries.at(i, j, elements[i * width + j]);
      }
    }
  }

  @Override
  public Operand cursor() {
    return new Dense(elements, 0, width, rows, width);
  }
}
