package org.tacit.matrix;

import java.io.Serializable;

/**
 * One column of a block: {@code rows x width} numbers in one {@link Storage}. Immutable by
 * convention; shared, never copied.
 */
public sealed interface Column extends Serializable
    permits DenseColumn, FloatColumn, CsrColumn, KeyColumn {
  int rows();

  int width();

  Storage storage();

  /** How many numbers it stores: of a sparse column those that are not zero. */
  default long numbers() {
    return (long) rows() * width();
  }

  /** A new cursor of this column's kind, to be placed by {@link #place}. */
  Operand cursor();

  /**
   * Points {@code cursor}, which came from {@link #cursor} of a column of this storage, at rows
   * from to from + count.
   */
  void place(Operand cursor, int from, int count);
}
