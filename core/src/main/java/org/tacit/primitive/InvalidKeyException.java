package org.tacit.primitive;

/**
 * A key that is no row of what it looks up: which, where, and what it must be. Rows are counted
 * from 0, a table's in each partition.
 */
public final class InvalidKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final double key;
  private final int bound;
  private final long row;

  InvalidKeyException(double key, int bound, long row) {
    super(
        "Invalid key: %s in row %s (must be an integer >= 0 and < %s)".formatted(key, row, bound));
    this.key = key;
    this.bound = bound;
    this.row = row;
  }

  /** The same key, its row counted from {@code rows} rows further up. */
  public InvalidKeyException below(long rows) {
    return new InvalidKeyException(key, bound, rows + row);
  }
}
