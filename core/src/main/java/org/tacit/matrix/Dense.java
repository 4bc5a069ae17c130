package org.tacit.matrix;

import java.util.Arrays;

/**
 * A window on a row-major array of doubles: element (i, j) is {@code data[offset + i * stride +
 * j]}.
 */
public final class Dense implements Operand {
  /** Columns that are copied in fewer steps than a call for each row takes. */
  private static final int FEW = 16;

  /** Numbers that are searched for NaN at once. */
  private static final int RUN = 1024;

  private double[] data;
  private int offset;
  private int stride;
  private int rows;
  private int cols;
  private boolean isPadded;

  public Dense(double[] data, int offset, int stride, int rows, int cols) {
    this.data = data;
    this.offset = offset;
    this.stride = stride;
    this.rows = rows;
    this.cols = cols;
  }

  public static Dense zeros(int rows, int cols) {
    return new Dense(new double[Math.multiplyExact(rows, cols)], 0, cols, rows, cols);
  }

  /**
   * Zeros for products of sparse rows with so many columns: where these are faster on whole
   * vectors, rows have room behind their columns that is nobody's, which kernels read and write.
   */
  public static Dense padded(int rows, int cols) {
    int stride = paddedWidth(cols);
    double[] data = new double[Math.multiplyExact(rows, stride)];
    Dense padded = new Dense(data, 0, stride, rows, cols);
    padded.isPadded = stride > cols;
    return padded;
  }

  /** How far apart the rows of {@link #padded} are. */
  public static int paddedWidth(int cols) {
    return Kernels.BEST.paddedWidth(cols);
  }

  /** Whether this is {@link #padded}, as a whole. */
  boolean isPadded() {
    return isPadded;
  }

  @Override
  public void place(int from, int count) {
    this.offset = from * stride;
    this.rows = count;
  }

  /** Points this cursor at group {@code k} of {@code width} columns of {@code whole}. */
  public void moveToGroup(Dense whole, int k, int width) {
    this.data = whole.data;
    this.offset = whole.offset + k * width;
    this.stride = whole.stride;
    this.rows = whole.rows;
    this.cols = width;
    this.isPadded = false;
  }

  public double[] data() {
    return data;
  }

  public int offset() {
    return offset;
  }

  public int stride() {
    return stride;
  }

  /** Position of element (i, 0) in {@link #data}. */
  public int at(int i) {
    return offset + i * stride;
  }

  /** Element (i, j) of this stretched to more rows or columns where it has one. */
  public double stretched(int i, int j) {
    return data[at(rows == 1 ? 0 : i) + (cols == 1 ? 0 : j)];
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return cols;
  }

  /** Whether the elements are one run of the array. */
  public boolean isContiguous() {
    return stride == cols || rows <= 1;
  }

  /** Whether an element is not a number. */
  public boolean hasNaN() {
    if (isContiguous()) {
      return hasNaN(data, offset, offset + rows * cols);
    }
    for (int i = 0; i < rows; i++) {
      if (hasNaN(data, at(i), at(i) + cols)) {
        return true;
      }
    }
    return false;
  }

  /** Sums tell: one with a NaN is NaN, and of others only those of infinities. */
  private static boolean hasNaN(double[] data, int from, int to) {
    int end = from;
    for (int start = from; start < to; start = end) {
      end = Math.min(to, start + RUN);
      if (Double.isNaN(sum(data, start, end))
          && Arrays.stream(data, start, end).anyMatch(Double::isNaN)) {
        return true;
      }
    }
    return false;
  }

  private static double sum(double[] data, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += data[i];
      b += data[i + 1];
      c += data[i + 2];
      d += data[i + 3];
    }
    for (; i < to; i++) {
      a += data[i];
    }
    return a + b + c + d;
  }

  public void fill(double value) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(data, at(i), at(i) + cols, value);
    }
  }

  @Override
  public Dense window(int first, int count) {
    return new Dense(data, at(first), stride, count, cols);
  }

  @Override
  public void copyTo(Dense target) {
    double[] to = target.data;
    for (int i = 0; i < rows; i++) {
      int from = at(i);
      int at = target.at(i);
      if (cols < FEW) {
        for (int j = 0; j < cols; j++) {
          to[at + j] = data[from + j];
        }
      } else {
        System.arraycopy(data, from, to, at, cols);
      }
    }
  }

  @Override
  public Dense dense() {
    return this;
  }

  @Override
  public void centreTo(Dense target, int[] at, double[] centre) {
    boolean isRun = at.length > 0 && at[at.length - 1] - at[0] == at.length - 1;
    for (int i = 0; i < rows; i++) {
      int to = target.at(i);
      int from = at(i);
      if (isRun) {
        int first = from + at[0];
        for (int k = 0; k < centre.length; k++) {
          target.data[to + k] = data[first + k] - centre[k];
        }
      } else {
        for (int k = 0; k < centre.length; k++) {
          target.data[to + k] = data[from + at[k]] - centre[k];
        }
      }
    }
  }

  public Matrix toMatrix() {
    Dense copy = zeros(rows, cols);
    copyTo(copy);
    return Matrix.adopting(rows, cols, copy.data);
  }
}
