package org.tacit.matrix;

/** One non-negative integer a row: a class, a group, an index into another matrix. */
public final class KeyColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final int[] keys;

  /** The column backed by {@code keys}, which must not be written again. */
  public KeyColumn(int[] keys) {
    for (int key : keys) {
      if (key < 0) {
        throw new IllegalArgumentException("Invalid key: " + key + " (must be >= 0)");
      }
    }
    this.keys = keys;
  }

  int[] keys() {
    return keys;
  }

  @Override
  public int rows() {
    return keys.length;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public Storage storage() {
    return Storage.KEY;
  }

  @Override
  public Operand cursor() {
    return new KeyWindow(this);
  }

  @Override
  public void place(Operand cursor, int from, int count) {
    ((KeyWindow) cursor).moveTo(this, from, count);
  }
}
