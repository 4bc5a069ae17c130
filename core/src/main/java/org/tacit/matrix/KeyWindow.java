package org.tacit.matrix;

/** A cursor over rows of a {@link KeyColumn}. */
public final class KeyWindow implements Operand {
  private KeyColumn column;
  private int from;
  private int rows;

  KeyWindow(KeyColumn column) {
    this.column = column;
  }

  void moveTo(KeyColumn newColumn, int newFrom, int newRows) {
    this.column = newColumn;
    this.from = newFrom;
    this.rows = newRows;
  }

  /** The key of row {@code i} of the window. */
  public int key(int i) {
    return column.keys()[from + i];
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return 1;
  }

  @Override
  public KeyWindow window(int first, int count) {
    KeyWindow window = new KeyWindow(column);
    window.moveTo(column, from + first, count);
    return window;
  }

  @Override
  public void copyTo(Dense target) {
    for (int i = 0; i < rows; i++) {
      target.data()[target.at(i)] = key(i);
    }
  }
}
