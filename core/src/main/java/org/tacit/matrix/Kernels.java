package org.tacit.matrix;

/**
 * The inner loops on tiles of row-major rows: X v and X' r, which a generalised linear model's
 * passes spend their time in, and the sum of rows that products of sparse tiles are made of. Each
 * reads every element of the tile once.
 */
interface Kernels {
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
}
