package org.tacit.matrix;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * An immutable matrix of doubles in row-major order, held whole by one machine.
 *
 * <p>Every replicated value of Tacit is one: a scalar is 1 x 1, a vector n x 1. The algebra here is
 * what solvers of small vectors need; everything on rows of data goes through programs and passes.
 */
public final class Matrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int cols;
  private final double[] elements;

  private Matrix(int rows, int cols, double[] elements) {
    if (rows < 0 || cols < 0 || (long) rows * cols != elements.length) {
      throw new IllegalArgumentException(
          "Invalid matrix: %s elements for %s x %s (must be rows * columns)"
              .formatted(elements.length, rows, cols));
    }
    this.rows = rows;
    this.cols = cols;
    this.elements = elements;
  }

  /** The matrix of these elements, row after row. */
  public static Matrix of(int rows, int cols, double... elements) {
    return new Matrix(rows, cols, elements.clone());
  }

  /**
   * The matrix backed by {@code elements} itself, which the caller gives away and must not write
   * again.
   */
  public static Matrix adopting(int rows, int cols, double[] elements) {
    return new Matrix(rows, cols, elements);
  }

  /** The 1 x 1 matrix of a number. */
  public static Matrix scalar(double value) {
    return new Matrix(1, 1, new double[] {value});
  }

  /** The n x 1 matrix of these elements. */
  public static Matrix column(double... elements) {
    return new Matrix(elements.length, 1, elements.clone());
  }

  public static Matrix zeros(int rows, int cols) {
    return new Matrix(rows, cols, new double[Math.multiplyExact(rows, cols)]);
  }

  public static Matrix filled(int rows, int cols, double value) {
    double[] elements = new double[Math.multiplyExact(rows, cols)];
    Arrays.fill(elements, value);
    return new Matrix(rows, cols, elements);
  }

  public static Matrix identity(int n) {
    double[] elements = new double[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      elements[i * n + i] = 1;
    }
    return new Matrix(n, n, elements);
  }

  /** The matrix of f(i, j) in row i and column j. */
  public static Matrix tabulate(int rows, int cols, Element f) {
    double[] elements = new double[Math.multiplyExact(rows, cols)];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        elements[i * cols + j] = f.at(i, j);
      }
    }
    return new Matrix(rows, cols, elements);
  }

  /** The n x 1 matrix of f(i) in row i. */
  public static Matrix column(int n, IntToDoubleFunction f) {
    return new Matrix(n, 1, IntStream.range(0, n).mapToDouble(f).toArray());
  }

  /** An element by its place. */
  @FunctionalInterface
  public interface Element {
    double at(int row, int col);
  }

  /** The matrices of equal height side by side; one alone is itself. */
  public static Matrix beside(List<Matrix> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int height = parts.isEmpty() ? 0 : parts.get(0).rows;
    int width = parts.stream().mapToInt(Matrix::cols).sum();
    double[] elements = new double[Math.multiplyExact(height, width)];
    int at = 0;
    for (Matrix part : parts) {
      if (part.rows != height) {
        throw new IllegalArgumentException(
            "Invalid height: " + part.rows + " rows beside " + height + " (must be equal)");
      }
      part.putInto(elements, at, width);
      at += part.cols;
    }
    return new Matrix(height, width, elements);
  }

  /** Writes the rows to where they are in rows of so many elements, from one of them on. */
  private void putInto(double[] all, int at, int width) {
    if (cols == 1) {
      for (int i = 0; i < rows; i++) {
        all[i * width + at] = elements[i];
      }
      return;
    }
    for (int i = 0; i < rows; i++) {
      System.arraycopy(elements, i * cols, all, i * width + at, cols);
    }
  }

  public int rows() {
    return rows;
  }

  public int cols() {
    return cols;
  }

  public int size() {
    return elements.length;
  }

  public double at(int row, int col) {
    if (row < 0 || row >= rows || col < 0 || col >= cols) {
      throw new IndexOutOfBoundsException(
          "(" + row + ", " + col + ") of a " + rows + " x " + cols + " matrix");
    }
    return elements[row * cols + col];
  }

  /** Element {@code i} in row-major order. */
  public double at(int i) {
    return elements[i];
  }

  /** The number in a 1 x 1 matrix. */
  public double value() {
    if (elements.length != 1) {
      throw new IllegalStateException(
          "Invalid scalar: a " + rows + " x " + cols + " matrix (must be 1 x 1)");
    }
    return elements[0];
  }

  /** A copy of the elements, row after row. */
  public double[] toArray() {
    return elements.clone();
  }

  /** A window on the elements for kernels, which only read it. */
  public Dense window() {
    return new Dense(elements, 0, cols, rows, cols);
  }

  /** Column {@code j} as a rows x 1 matrix. */
  public Matrix columnAt(int j) {
    if (cols == 1 && j == 0) {
      return this;
    }
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = elements[i * cols + j];
    }
    return new Matrix(rows, 1, column);
  }

  /** The columns one by one, each rows x 1. */
  public List<Matrix> columns() {
    return IntStream.range(0, cols).mapToObj(this::columnAt).toList();
  }

  /** Columns {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix columns(int from, int to) {
    double[] part = new double[rows * (to - from)];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(elements, i * cols + from, part, i * (to - from), to - from);
    }
    return new Matrix(rows, to - from, part);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix rows(int from, int to) {
    return new Matrix(to - from, cols, Arrays.copyOfRange(elements, from * cols, to * cols));
  }

  /** The same elements in row-major order as a matrix of another shape. */
  public Matrix reshape(int newRows, int newCols) {
    return new Matrix(newRows, newCols, elements);
  }

  public Matrix transpose() {
    double[] result = new double[elements.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        result[j * rows + i] = elements[i * cols + j];
      }
    }
    return new Matrix(cols, rows, result);
  }

  public Matrix map(DoubleUnaryOperator f) {
    double[] result = new double[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = f.applyAsDouble(elements[i]);
    }
    return new Matrix(rows, cols, result);
  }

  /** Elementwise combination of two matrices of the same shape. */
  public Matrix with(Matrix other, DoubleBinaryOperator f) {
    sameShape(other);
    double[] result = new double[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = f.applyAsDouble(elements[i], other.elements[i]);
    }
    return new Matrix(rows, cols, result);
  }

  public Matrix plus(Matrix other) {
    return plus(1, other);
  }

  /** this + factor * other. */
  public Matrix plus(double factor, Matrix other) {
    sameShape(other);
    double[] result = new double[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = elements[i] + factor * other.elements[i];
    }
    return new Matrix(rows, cols, result);
  }

  public Matrix minus(Matrix other) {
    sameShape(other);
    double[] result = new double[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = elements[i] - other.elements[i];
    }
    return new Matrix(rows, cols, result);
  }

  public Matrix times(double factor) {
    double[] result = new double[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = elements[i] * factor;
    }
    return new Matrix(rows, cols, result);
  }

  /** The matrix product this * other. */
  public Matrix times(Matrix other) {
    if (cols != other.rows) {
      throw new IllegalArgumentException(
          "Invalid shapes: %s x %s times %s x %s (inner sizes must be equal)"
              .formatted(rows, cols, other.rows, other.cols));
    }
    Dense out = Dense.zeros(rows, other.cols);
    Products.accumulate(window(), false, other.window(), false, out);
    return new Matrix(rows, other.cols, out.data());
  }

  /** The sum of elementwise products. */
  public double dot(Matrix other) {
    sameShape(other);
    double sum = 0;
    for (int i = 0; i < elements.length; i++) {
      sum += elements[i] * other.elements[i];
    }
    return sum;
  }

  /** The Euclidean (Frobenius) norm, safe against overflow and underflow. */
  public double norm() {
    double scale = maxAbs();
    if (scale == 0 || Double.isInfinite(scale) || Double.isNaN(scale)) {
      return scale;
    }
    double sum = 0;
    for (double element : elements) {
      double ratio = element / scale;
      sum += ratio * ratio;
    }
    return scale * Math.sqrt(sum);
  }

  /** The largest absolute element; NaN when one is NaN, 0 when there is none. */
  public double maxAbs() {
    double max = 0;
    for (double element : elements) {
      max = Math.max(max, Math.abs(element));
    }
    return max;
  }

  public boolean isFinite() {
    for (double element : elements) {
      if (!Double.isFinite(element)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an element is not a number. */
  public boolean hasNaN() {
    return window().hasNaN();
  }

  private void sameShape(Matrix other) {
    if (rows != other.rows || cols != other.cols) {
      throw new IllegalArgumentException(
          "Invalid shapes: %s x %s and %s x %s (must be equal)"
              .formatted(rows, cols, other.rows, other.cols));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && cols == that.cols
        && Arrays.equals(elements, that.elements);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + cols) + Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    String all = Arrays.toString(elements);
    return rows + " x " + cols + " " + (all.length() > 200 ? all.substring(0, 200) + "...]" : all);
  }
}
