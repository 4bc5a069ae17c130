package org.tacit.matrix;

/** A cursor over rows of a {@link FloatColumn}. */
public final class FloatWindow implements Operand {
  private FloatColumn column;
  private int from;
  private int rows;

  FloatWindow(FloatColumn column) {
    this.column = column;
  }

  void moveTo(FloatColumn newColumn, int newFrom, int newRows) {
    this.column = newColumn;
    this.from = newFrom;
    this.rows = newRows;
  }

  float[] data() {
    return column.elements();
  }

  /** Position of the first element of row {@code i}. */
  int at(int i) {
    return (from + i) * column.width();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return column.width();
  }

  @Override
  public FloatWindow window(int first, int count) {
    FloatWindow window = new FloatWindow(column);
    window.moveTo(column, from + first, count);
    return window;
  }

  @Override
  public void copyTo(Dense target) {
    float[] source = column.elements();
    double[] to = target.data();
    for (int i = 0; i < rows; i++) {
      int s = at(i);
      int t = target.at(i);
      for (int j = 0; j < cols(); j++) {
        to[t + j] = source[s + j];
      }
    }
  }
}
