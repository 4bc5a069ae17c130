package org.tacit.program;

import java.io.Serializable;

/**
 * The shape of a value, and with it its placement: replicated when both axes are numbers,
 * row-sharded when the first is a table's row axis. The second axis is never one, except that a
 * transposed sharded value may stand inside a matrix product.
 */
public record Shape(Axis rows, Axis cols) implements Serializable {
  public static final Shape SCALAR = of(1, 1);

  public static Shape of(int rows, int cols) {
    return new Shape(Axis.of(rows), Axis.of(cols));
  }

  /** The shape of a value with {@code width} numbers for each row of a table. */
  public static Shape rowsOf(String table, int width) {
    return new Shape(Axis.rowsOf(table), Axis.of(width));
  }

  /** Throws the message, of these parts, where a rule of shapes is broken. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is of a library that users would get
  public static void require(boolean holds, String message, Object... parts) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(parts));
    }
  }

  public boolean isSharded() {
    return rows.isRows() || cols.isRows();
  }

  public boolean isScalar() {
    return rows.isOne() && cols.isOne();
  }

  /** The table whose rows this value is sharded by; empty when replicated. */
  public String table() {
    return rows.isRows() ? rows.table() : cols.table();
  }

  /** The number of columns. */
  public int width() {
    return cols.size();
  }

  /** The number of elements of a replicated shape. */
  public int size() {
    require(!isSharded(), "Invalid shape: %s (must be replicated to have a size)", this);
    return Math.multiplyExact(rows.size(), cols.size());
  }

  public Shape transpose() {
    return new Shape(cols, rows);
  }

  /**
   * The shape of an elementwise operation on values of this and another shape: axes of 1 stretch.
   */
  public Shape broadcast(Shape other) {
    return new Shape(
            rows.broadcast(other.rows, this, other), cols.broadcast(other.cols, this, other))
        .requireRowsFirst();
  }

  /** This shape, unless it is that of a transposed table. */
  Shape requireRowsFirst() {
    require(
        !cols.isRows(),
        "Invalid shape: %s (a row axis must come first; a transposed table may only stand inside"
            + " matmul)",
        this);
    return this;
  }

  @Override
  public String toString() {
    return rows + " x " + cols;
  }
}
