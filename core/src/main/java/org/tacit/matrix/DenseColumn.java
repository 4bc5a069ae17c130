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
  public Operand cursor() {
    return new Dense(elements, 0, width, rows, width);
  }
}
