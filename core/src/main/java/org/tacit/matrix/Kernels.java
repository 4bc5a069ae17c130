package org.tacit.matrix;

import java.util.Optional;

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
  Kernels BEST =
      inLanes("org.tacit.matrix.VectorKernels", Kernels.class).orElseGet(PlainKernels::new);

  /** Plain Java, which small jobs are done by. */
  Kernels PLAIN = new PlainKernels();

  /** The set for a call of so many multiply-adds. */
  static Kernels of(long operations) {
    return WarmUp.isOver(operations) ? BEST : PLAIN;
  }

  /** What runs in lanes is reached by name, since its module may be absent at run time. */
  static <T> Optional<T> inLanes(String name, Class<T> kind) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Class.forName(name).asSubclass(kind).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException | LinkageError absent) {
      return Optional.empty();
    }
  }

  /** What they are made of, for results. */
  String description();

  /**
   * Writes X V to {@code out}, V having fewer than {@link #PARTS} columns. Each column of it is the
   * product with that column of V alone, to the bit: X is read once for all of them.
   */
  void multiply(Dense x, Dense v, Dense out);

  /** Adds X' r to {@code sum}, r and {@code sum} being columns; {@code sum} has a stride of 1. */
  void addTransposed(Dense x, Dense r, Dense sum);

  /** Writes X v to {@code out}, of rows of floats and one column v with a stride of 1. */
  void multiply(Floats x, Dense v, Dense out);

  /** {@link #addTransposed(Dense, Dense, Dense)} on rows of floats. */
  void addTransposed(Floats x, Dense r, Dense sum);

  /** Rows of floats: element (i, j) is {@code data[offset + i * stride + j]}. */
  record Floats(
      @SuppressWarnings("ArrayRecordComponent") float[] data,
      int offset,
      int stride,
      int rows,
      int cols) {}

  /** Adds a multiple of a row: {@code to[toAt + j] += factor * from[at + j]}. */
  void addScaled(double factor, double[] from, int at, double[] to, int toAt, int cols);

  /** How far apart rows of so many columns are best in products of sparse rows with them. */
  int paddedWidth(int cols);

  /** Writes A B to {@code out}, A being sparse and B of several columns. */
  void multiply(CsrWindow a, Dense b, Dense out);

  /** Adds A B to {@code out}, A being sparse and B of several columns. */
  void addProduct(CsrWindow a, Dense b, Dense out);

  /** Adds A' B to {@code out}, A being sparse and B of several columns. */
  void addTransposedProduct(CsrWindow a, Dense b, Dense out);

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
