package org.tacit.matrix;

import java.util.Arrays;

/** A cursor over rows of a {@link CsrColumn}. */
final class CsrWindow implements Operand {
  private final CsrColumn column;
  private int from;
  private int rows;

  CsrWindow(CsrColumn column) {
    this.column = column;
    this.rows = column.rows();
  }

  @Override
  public void place(int newFrom, int count) {
    this.from = newFrom;
    this.rows = count;
  }

  /** Where rows begin and end among the elements: row i from [from + i] to [from + i + 1]. */
  int[] bounds() {
    return column.rowStart();
  }

  /** The first row's place in {@link #bounds}. */
  int from() {
    return from;
  }

  /** The elements of all rows. */
  int elements() {
    return column.rowStart()[from + rows] - column.rowStart()[from];
  }

  int start(int i) {
    return column.rowStart()[from + i];
  }

  int end(int i) {
    return column.rowStart()[from + i + 1];
  }

  int[] index() {
    return column.index();
  }

  double[] value() {
    return column.value();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return column.width();
  }

  @Override
  public CsrWindow window(int first, int count) {
    CsrWindow window = new CsrWindow(column);
    window.place(from + first, count);
    return window;
  }

  @Override
  public void copyTo(Dense target) {
    target.fill(0);
    for (int i = 0; i < rows; i++) {
      int t = target.at(i);
      for (int e = start(i); e < end(i); e++) {
        target.data()[t + index()[e]] += value()[e];
      }
    }
  }

  @Override
  public void centreTo(Dense target, int[] at, double[] centre) {
    for (int i = 0; i < rows; i++) {
      int to = target.at(i);
      for (int k = 0; k < centre.length; k++) {
        target.data()[to + k] = -centre[k];
      }
      for (int e = start(i); e < end(i); e++) {
        int k = Arrays.binarySearch(at, index()[e]);
        if (k >= 0) {
          target.data()[to + k] += value()[e];
        }
      }
    }
  }
}
