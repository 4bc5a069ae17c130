package org.tacit.primitive;

/** The side of a matrix that a slice, a pad or a concatenation works along. */
public enum Side {
  ROWS,
  COLS
}
