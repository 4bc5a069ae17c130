package org.tacit.matrix;

/** A cursor over rows of a {@link KeyColumn}. */
public final class KeyWindow implements Operand {
  private final KeyColumn column;
  private int from;
  private int rows;

  KeyWindow(KeyColumn column) {
    this.column = column;
    this.rows = column.rows();
  }

  @Override
  public void place(int newFrom, int count) {
    this.from = newFrom;
    this.rows = count;
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
    window.place(from + first, count);
    return window;
  }

  @Override
  public void copyTo(Dense target) {
    for (int i = 0; i < rows; i++) {
      target.data()[target.at(i)] = key(i);
    }
  }
}
