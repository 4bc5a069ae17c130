package org.tacit.matrix;

/** A column of one integer a row. */
final class KeyColumn implements Column {
  private static final long serialVersionUID = 1L;

  private final int[] keys;

  KeyColumn(int[] keys) {
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
}
