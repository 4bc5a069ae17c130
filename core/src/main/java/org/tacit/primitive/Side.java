package org.tacit.primitive;

import java.util.Locale;
import org.tacit.program.Axis;
import org.tacit.program.Shape;

/** The side of a matrix that a slice, a pad or a concatenation works along. */
public enum Side {
  ROWS,
  COLS;

  /** The axis of this side. */
  Axis of(Shape x) {
    return this == ROWS ? x.rows() : x.cols();
  }

  /** x with another length of this side. */
  Shape resized(Shape x, int length) {
    return this == ROWS
        ? new Shape(Axis.of(length), x.cols())
        : new Shape(x.rows(), Axis.of(length));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
