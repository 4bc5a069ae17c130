package org.tacit.matrix;

/**
 * The inner loops on tiles of row-major rows: X v, X' r and products with several columns, which
 * passes spend their time in, and the sum of rows that products of sparse tiles are made of.
 *
 * <p>Every set gives the same bits, whatever lanes a machine has: products are added without
 * rounding in between (fused multiply-add); a row's product with v is that of {@link #PARTS}
 * partial sums, the elements of equal index modulo PARTS, added in their order, and one of the last
 * {@code cols % PARTS} elements; every other sum is taken in the order of its terms.
 */
interface Kernels {
  /** The partial sums of a row's product. */
  int PARTS = 8;

  /**
   * The fastest set that runs here: the Vector API where its module is present, plain Java
   * otherwise.
   */
  Kernels BEST = KernelChoice.best();

  /** What they are made of, for results. */
  String description();

  /**
   * Writes X v to {@code out}: {@code out[outAt + i * outStride] = sum_j x[at + i * stride + j] *
   * v[vAt + j]}.
   */
  void multiply(
      double[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] v,
      int vAt,
      double[] out,
      int outAt,
      int outStride);

  /**
   * Adds X' r to {@code sum}: {@code sum[sumAt + j] += sum_i x[at + i * stride + j] * r[rAt + i *
   * rStride]}.
   */
  void addTransposed(
      double[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] r,
      int rAt,
      int rStride,
      double[] sum,
      int sumAt);

  /** {@link #multiply} on rows of floats. */
  void multiply(
      float[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] v,
      int vAt,
      double[] out,
      int outAt,
      int outStride);

  /** {@link #addTransposed} on rows of floats. */
  void addTransposed(
      float[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] r,
      int rAt,
      int rStride,
      double[] sum,
      int sumAt);

  /** Adds a multiple of a row: {@code to[toAt + j] += factor * from[at + j]}. */
  void addScaled(double factor, double[] from, int at, double[] to, int toAt, int cols);

  /**
   * A matrix in an array: its element (i, j) is {@code data[at + i * row + j * col]}. A transposed
   * one has row and col exchanged.
   */
  record Strided(
      @SuppressWarnings("ArrayRecordComponent") double[] data, int at, int row, int col) {}

  /**
   * Adds A B to {@code out}, over {@code rows} x {@code inner} elements of A. The columns of B and
   * of {@code out} must be one apart.
   */
  void addProduct(Strided a, Strided b, Strided out, int rows, int inner, int cols);
}
