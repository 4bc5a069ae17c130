package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tacit.matrix.Kernels.Strided;

/**
 * Products with fewer columns than a vector has lanes, in lanes. Each element is summed in the
 * order of its terms, as in wider products.
 *
 * <p>A B takes eight rows of A at a time, with B beside zeros up to a vector. X' R goes along the
 * columns of X, two vectors of features and four columns of R at a time, whose sums stay in
 * registers; a few rows at a time, as each line of X is fetched for every feature of it.
 */
final class NarrowProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int ROWS = 8;

  /** Columns of R at a time. */
  private static final int COLS = 4;

  /** Rows of X that are gone down at a time. */
  private static final int LOW = 64;

  private static final Kernels ALONE = new VectorKernels();

  private NarrowProducts() {}

  /** Adds columns {@code j} to {@code j + cols} of A B to those of {@code to}. */
  static void add(Strided left, Strided right, Strided to, int j, int rows, int inner, int cols) {
    if (left.row() == 1) {
      addTransposed(left, right, to, j, rows, inner, cols);
    } else {
      addByRows(left, right, to, j, rows, inner, cols);
    }
  }

  private static void addByRows(
      Strided left, Strided right, Strided to, int j, int rows, int inner, int cols) {
    double[] panel = new double[inner * LANES];
    copy(right.data(), right.at() + j, right.row(), panel, 0, LANES, inner, cols);
    double[] tile = new double[ROWS * LANES];
    for (int i = 0; i < rows; i += ROWS) {
      int count = Math.min(ROWS, rows - i);
      int a = left.at() + i * left.row();
      int out = to.at() + j + i * to.row();
      copy(to.data(), out, to.row(), tile, 0, LANES, count, cols);
      if (count == ROWS) {
        addEightRows(left.data(), a, left.row(), left.col(), panel, tile, inner);
      } else {
        for (int r = 0; r < count; r++) {
          VectorKernels.addRow(
              left.data(), a + r * left.row(), left.col(), panel, 0, LANES, tile, r * LANES, inner);
        }
      }
      copy(tile, 0, LANES, to.data(), out, to.row(), count, cols);
    }
  }

  private static void copy(
      double[] from, int at, int stride, double[] to, int toAt, int toStride, int rows, int cols) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        to[toAt + i * toStride + j] = from[at + i * stride + j];
      }
    }
  }

  private static void addEightRows(
      double[] a, int at, int row, int col, double[] panel, double[] tile, int inner) {
    DoubleVector sumA = DoubleVector.fromArray(S, tile, 0);
    DoubleVector sumB = DoubleVector.fromArray(S, tile, LANES);
    DoubleVector sumC = DoubleVector.fromArray(S, tile, 2 * LANES);
    DoubleVector sumD = DoubleVector.fromArray(S, tile, 3 * LANES);
    DoubleVector sumE = DoubleVector.fromArray(S, tile, 4 * LANES);
    DoubleVector sumF = DoubleVector.fromArray(S, tile, 5 * LANES);
    DoubleVector sumG = DoubleVector.fromArray(S, tile, 6 * LANES);
    DoubleVector sumH = DoubleVector.fromArray(S, tile, 7 * LANES);
    int p = at;
    for (int k = 0; k < inner; k++) {
      DoubleVector b = DoubleVector.fromArray(S, panel, k * LANES);
      sumA = b.fma(DoubleVector.broadcast(S, a[p]), sumA);
      sumB = b.fma(DoubleVector.broadcast(S, a[p + row]), sumB);
      sumC = b.fma(DoubleVector.broadcast(S, a[p + 2 * row]), sumC);
      sumD = b.fma(DoubleVector.broadcast(S, a[p + 3 * row]), sumD);
      sumE = b.fma(DoubleVector.broadcast(S, a[p + 4 * row]), sumE);
      sumF = b.fma(DoubleVector.broadcast(S, a[p + 5 * row]), sumF);
      sumG = b.fma(DoubleVector.broadcast(S, a[p + 6 * row]), sumG);
      sumH = b.fma(DoubleVector.broadcast(S, a[p + 7 * row]), sumH);
      p += col;
    }
    sumA.intoArray(tile, 0);
    sumB.intoArray(tile, LANES);
    sumC.intoArray(tile, 2 * LANES);
    sumD.intoArray(tile, 3 * LANES);
    sumE.intoArray(tile, 4 * LANES);
    sumF.intoArray(tile, 5 * LANES);
    sumG.intoArray(tile, 6 * LANES);
    sumH.intoArray(tile, 7 * LANES);
  }

  /**
   * X' R, whose sums stand one column after the other, each of whole vectors: what they have beyond
   * p is of no use.
   */
  private static void addTransposed(
      Strided left, Strided right, Strided to, int j, int p, int inner, int cols) {
    int width = (p + LANES - 1) / LANES * LANES;
    double[] sums = new double[(cols + COLS - 1) / COLS * COLS * width];
    for (int c = 0; c < cols; c++) {
      copyColumn(to.data(), to.at() + j + c, to.row(), sums, c * width, p);
    }
    int readable = readable(left, width, inner);
    for (int c = 0; c < cols; c += COLS) {
      int count = Math.min(COLS, cols - c);
      int whole = count == 1 ? 0 : readable;
      Strided columns = new Strided(right.data(), right.at() + j + c, right.row(), 1);
      addRows(left, columns, whole, count, sums, c * width, width);
      if (whole < inner) {
        addAlone(left, columns, whole, inner, count, sums, c * width, width, p);
      }
    }
    for (int c = 0; c < cols; c++) {
      copyToColumn(sums, c * width, to.data(), to.at() + j + c, to.row(), p);
    }
  }

  /** A column to a run; of as many columns as usual by a step that the compiler knows. */
  static void copyColumn(double[] from, int at, int step, double[] to, int toAt, int count) {
    if (step == COLS) {
      for (int i = 0; i < count; i++) {
        to[toAt + i] = from[at + i * COLS];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i] = from[at + i * step];
    }
  }

  private static void copyToColumn(
      double[] from, int at, double[] to, int toAt, int step, int count) {
    if (step == COLS) {
      for (int i = 0; i < count; i++) {
        to[toAt + i * COLS] = from[at + i];
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      to[toAt + i * step] = from[at + i];
    }
  }

  /** Rows of X that can be read to the end of their last vector. */
  private static int readable(Strided left, int width, int rows) {
    int last = left.data().length - left.at() - width;
    return last < 0 ? 0 : Math.min(rows, last / Math.max(1, left.col()) + 1);
  }

  /** Each column alone, from row {@code k} on. */
  private static void addAlone(
      Strided left,
      Strided right,
      int k,
      int inner,
      int cols,
      double[] sums,
      int first,
      int width,
      int p) {
    Dense x = new Dense(left.data(), left.at() + k * left.col(), left.col(), inner - k, p);
    for (int c = 0; c < cols; c++) {
      int from = right.at() + k * right.row() + c;
      ALONE.addTransposed(
          x,
          new Dense(right.data(), from, right.row(), inner - k, 1),
          new Dense(sums, first + c * width, 1, p, 1));
    }
  }

  /** So many rows, beside fewer than four columns zeros. */
  private static void addRows(
      Strided left, Strided right, int rows, int cols, double[] sums, int first, int width) {
    boolean isWhole = cols == COLS && right.row() == COLS;
    double[] r = isWhole ? right.data() : new double[COLS * LOW];
    for (int k = 0; k < rows; k += LOW) {
      int count = Math.min(LOW, rows - k);
      int from = right.at() + k * right.row();
      if (!isWhole) {
        copy(right.data(), from, right.row(), r, 0, COLS, count, cols);
      }
      int q = isWhole ? from : 0;
      int at = left.at() + k * left.col();
      int j = 0;
      for (; j + 2 * LANES <= width; j += 2 * LANES) {
        addTwoVectors(left.data(), at + j, left.col(), r, q, count, sums, first + j, width);
      }
      if (j < width) {
        addVector(left.data(), at + j, left.col(), r, q, count, sums, first + j, width);
      }
    }
  }

  /** Rows of X times four columns of R, added to two vectors of each of four columns of sums. */
  private static void addTwoVectors(
      double[] x,
      int at,
      int stride,
      double[] r,
      int q,
      int rows,
      double[] sums,
      int first,
      int width) {
    int second = first + width;
    int third = second + width;
    int fourth = third + width;
    DoubleVector sumA0 = DoubleVector.fromArray(S, sums, first);
    DoubleVector sumA1 = DoubleVector.fromArray(S, sums, second);
    DoubleVector sumA2 = DoubleVector.fromArray(S, sums, third);
    DoubleVector sumA3 = DoubleVector.fromArray(S, sums, fourth);
    DoubleVector sumB0 = DoubleVector.fromArray(S, sums, first + LANES);
    DoubleVector sumB1 = DoubleVector.fromArray(S, sums, second + LANES);
    DoubleVector sumB2 = DoubleVector.fromArray(S, sums, third + LANES);
    DoubleVector sumB3 = DoubleVector.fromArray(S, sums, fourth + LANES);
    int a = at;
    for (int k = q; k < q + rows * COLS; k += COLS) {
      DoubleVector v = DoubleVector.fromArray(S, x, a);
      DoubleVector w = DoubleVector.fromArray(S, x, a + LANES);
      DoubleVector factor = DoubleVector.broadcast(S, r[k]);
      sumA0 = v.fma(factor, sumA0);
      sumB0 = w.fma(factor, sumB0);
      factor = DoubleVector.broadcast(S, r[k + 1]);
      sumA1 = v.fma(factor, sumA1);
      sumB1 = w.fma(factor, sumB1);
      factor = DoubleVector.broadcast(S, r[k + 2]);
      sumA2 = v.fma(factor, sumA2);
      sumB2 = w.fma(factor, sumB2);
      factor = DoubleVector.broadcast(S, r[k + 3]);
      sumA3 = v.fma(factor, sumA3);
      sumB3 = w.fma(factor, sumB3);
      a += stride;
    }
    sumA0.intoArray(sums, first);
    sumA1.intoArray(sums, second);
    sumA2.intoArray(sums, third);
    sumA3.intoArray(sums, fourth);
    sumB0.intoArray(sums, first + LANES);
    sumB1.intoArray(sums, second + LANES);
    sumB2.intoArray(sums, third + LANES);
    sumB3.intoArray(sums, fourth + LANES);
  }

  /** The same of one vector. */
  private static void addVector(
      double[] x,
      int at,
      int stride,
      double[] r,
      int q,
      int rows,
      double[] sums,
      int first,
      int width) {
    int second = first + width;
    int third = second + width;
    int fourth = third + width;
    DoubleVector sum0 = DoubleVector.fromArray(S, sums, first);
    DoubleVector sum1 = DoubleVector.fromArray(S, sums, second);
    DoubleVector sum2 = DoubleVector.fromArray(S, sums, third);
    DoubleVector sum3 = DoubleVector.fromArray(S, sums, fourth);
    int a = at;
    for (int k = q; k < q + rows * COLS; k += COLS) {
      DoubleVector v = DoubleVector.fromArray(S, x, a);
      sum0 = v.fma(DoubleVector.broadcast(S, r[k]), sum0);
      sum1 = v.fma(DoubleVector.broadcast(S, r[k + 1]), sum1);
      sum2 = v.fma(DoubleVector.broadcast(S, r[k + 2]), sum2);
      sum3 = v.fma(DoubleVector.broadcast(S, r[k + 3]), sum3);
      a += stride;
    }
    sum0.intoArray(sums, first);
    sum1.intoArray(sums, second);
    sum2.intoArray(sums, third);
    sum3.intoArray(sums, fourth);
  }
}
