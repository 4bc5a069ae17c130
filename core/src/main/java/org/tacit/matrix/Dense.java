package org.tacit.matrix;

/**
 * A window on a row-major array of doubles: element (i, j) is {@code data[offset + i * stride +
 * j]}.
 */
public final class Dense implements Operand {
  private double[] data;
  private int offset;
  private int stride;
  private int rows;
  private int cols;

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
    for (int i = 0; i < rows; i++) {
      int end = at(i) + cols;
      for (int j = at(i); j < end; j++) {
        if (Double.isNaN(data[j])) {
          return true;
        }
      }
    }
    return false;
  }

  public void fill(double value) {
    for (int i = 0; i < rows; i++) {
      java.util.Arrays.fill(data, at(i), at(i) + cols, value);
    }
  }

  @Override
  public Dense window(int first, int count) {
    return new Dense(data, at(first), stride, count, cols);
  }

  @Override
  public void copyTo(Dense target) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(data, at(i), target.data, target.at(i), cols);
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

  /**
   * Writes 1 where {@code a[atA + j]} and {@code b[atB + j]} are equal, 0 where not, to {@code
   * out[to + j]}, in lanes where a machine has them. Runs may be one; they must not overlap
   * otherwise.
   */
  public static void equal(
      double[] a, int atA, double[] b, int atB, double[] out, int to, int count) {
    Kernels.of(count).equal(a, atA, b, atB, out, to, count);
  }

  /** The same of one number and a run. */
  public static void equal(double a, double[] b, int atB, double[] out, int to, int count) {
    Kernels.of(count).equal(a, b, atB, out, to, count);
  }
}
