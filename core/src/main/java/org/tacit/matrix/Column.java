package org.tacit.matrix;

import java.io.Serializable;

/**
 * One column of a block: {@code rows x width} numbers in one {@link Storage}. Immutable by
 * convention; shared, never copied.
 */
public sealed interface Column extends Serializable
    permits DenseColumn, FloatColumn, CsrColumn, KeyColumn {
  /** Row-major doubles, rows x width, which must not be written again. */
  static Column dense(int rows, int width, double[] elements) {
    return new DenseColumn(rows, width, elements);
  }

  /**
   * Row-major floats, rows x width, which must not be written again: half the memory and half the
   * traffic of doubles; arithmetic stays in doubles.
   */
  static Column floats(int rows, int width, float[] elements) {
    return new FloatColumn(rows, width, elements);
  }

  /**
   * Compressed sparse rows: row i holds entries {@code rowStart[i]} to {@code rowStart[i + 1]},
   * whose indices ascend. The arrays must not be written again.
   */
  static Column sparse(int width, int[] rowStart, int[] index, double[] value) {
    return new CsrColumn(width, rowStart, index, value);
  }

  /** One integer >= 0 a row: a class, a group, an index into another matrix. */
  static Column keys(int[] keys) {
    return new KeyColumn(keys);
  }

  int rows();

  int width();

  Storage storage();

  /** How many numbers it stores: of a sparse column those that are not zero. */
  default long numbers() {
    return (long) rows() * width();
  }

  /** These of its columns, which ascend, as a column of their own: a copy. */
  Column only(int... columns);

  /** Tells of every number that is stored, row after row. */
  void each(Entries entries);

  /** Who is told of numbers. */
  interface Entries {
    void at(int row, int column, double value);
  }

  /** A new cursor, over all rows. */
  Operand cursor();
}
