package org.tacit.matrix;

/**
 * What a kernel reads: a run of rows in one of the storages of a table's column, or a dense window.
 *
 * <p>Operands are cursors: an interpreter moves one over a block tile by tile, so that nothing is
 * allocated per tile.
 */
public sealed interface Operand permits Dense, FloatWindow, CsrWindow, KeyWindow {
  int rows();

  int cols();

  /** Moves to rows from to from + count of the column or array that it was made of. */
  void place(int from, int count);

  /** Another cursor, over {@code count} of these rows. */
  Operand window(int first, int count);

  /** Writes rows x cols elements as doubles to {@code target}, a window of the same shape. */
  void copyTo(Dense target);

  /** These rows as doubles. */
  default Dense dense() {
    Dense copy = Dense.zeros(rows(), cols());
    copyTo(copy);
    return copy;
  }

  /** Writes x_(i, at_k) - centre_k to {@code target}; {@code at} increases. */
  default void centreTo(Dense target, int[] at, double[] centre) {
    dense().centreTo(target, at, centre);
  }
}
