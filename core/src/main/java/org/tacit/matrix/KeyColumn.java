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
  public Column only(int... columns) {
    double[] copies = new double[keys.length * columns.length];
    for (int e = 0; e < copies.length; e++) {
      copies[e] = keys[e / columns.length];
    }
    return Column.dense(keys.length, columns.length, copies);
  }

  @Override
  public void each(Entries entries) {
    for (int i = 0; i < keys.length; i++) {
      entries.at(i, 0, keys[i]);
    }
  }

  @Override
  public Operand cursor() {
    return new KeyWindow(this);
  }
}
