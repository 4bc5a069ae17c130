package org.tacit.program;

import java.io.Serializable;

/**
 * The length of one side of a matrix: a number, or the row axis of a table, whose length is known
 * only when a table is bound.
 *
 * @param size the length of a fixed axis; -1 for a row axis
 * @param table the name of the table for a row axis; empty for a fixed axis
 */
public record Axis(int size, String table) implements Serializable {
  private static final Axis ONE = new Axis(1, "");

  public Axis {
    if (table.isEmpty() && size < 0) {
      throw new IllegalArgumentException("Invalid axis: " + size + " (must be >= 0)");
    }
  }

  public static Axis of(int size) {
    return size == 1 ? ONE : new Axis(size, "");
  }

  /** The row axis of the table of this name. */
  public static Axis rowsOf(String table) {
    if (table.isEmpty()) {
      throw new IllegalArgumentException("Invalid table name: empty (must have a character)");
    }
    return new Axis(-1, table);
  }

  public boolean isRows() {
    return !table.isEmpty();
  }

  public boolean isOne() {
    return size == 1;
  }

  /** The common length of two sides of an elementwise operation: equal, or one of them 1. */
  Axis broadcast(Axis other, Shape left, Shape right) {
    if (equals(other) || other.isOne()) {
      return this;
    }
    if (isOne()) {
      return other;
    }
    if (isRows() && other.isRows()) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid shapes: %s and %s (rows of two tables never mix; sum over one of them"
                  + " first)",
              left, right));
    }
    throw new IllegalArgumentException(
        "Invalid shapes: " + left + " and " + right + " (must be equal, or 1, on each axis)");
  }

  @Override
  public String toString() {
    return isRows() ? "rows(" + table + ")" : Integer.toString(size);
  }
}
