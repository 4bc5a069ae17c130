package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tacit.matrix.Kernels.Strided;

/**
 * Products with fewer columns than a vector has lanes, in lanes. Each element is summed in the
 * order of its terms, as in wider products.
 *
 * <p>A B takes eight rows of A at a time, with B beside zeros up to a vector. X' R goes along the
 * rows of X, four rows and two columns of R at a time, as X' r does: to go down the columns of X
 * would fetch each of its lines once for every few features.
 */
final class NarrowProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int ROWS = 8;

  /** Rows of X at a time. */
  private static final int HIGH = 4;

  /** Columns of R at a time. */
  private static final int PAIR = 2;

  private static final int FOUR = 4;

  /** Rows of X at a time beside four columns of R. */
  private static final int LOW = 2;

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
    double[] sums = new double[cols * width];
    for (int i = 0; i < p; i++) {
      int from = to.at() + i * to.row() + j;
      for (int c = 0; c < cols; c++) {
        sums[c * width + i] = to.data()[from + c];
      }
    }
    for (int c = 0; c < cols; ) {
      int count = cols - c >= FOUR ? FOUR : Math.min(PAIR, cols - c);
      Strided columns = new Strided(right.data(), right.at() + j + c, right.row(), 1);
      addColumns(left, columns, sums, c * width, p, inner, count);
      c += count;
    }
    for (int i = 0; i < p; i++) {
      int at = to.at() + i * to.row() + j;
      for (int c = 0; c < cols; c++) {
        to.data()[at + c] = sums[c * width + i];
      }
    }
  }

  /** For as many rows as can be read a little beyond their ends; then each column alone. */
  private static void addColumns(
      Strided left, Strided right, double[] sums, int first, int p, int inner, int cols) {
    double[] x = left.data();
    double[] r = right.data();
    int stride = left.col();
    int width = (p + LANES - 1) / LANES * LANES;
    int high = cols == FOUR ? LOW : HIGH;
    int last = x.length - left.at() - (high - 1) * stride - width;
    int k = 0;
    for (; cols > 1 && k + high <= inner && k * stride <= last; k += high) {
      int at = left.at() + k * stride;
      int q = right.at() + k * right.row();
      if (cols == FOUR) {
        addTwoRows(x, at, stride, r, q, right.row(), sums, first, width);
      } else {
        addFourRows(x, at, stride, r, q, right.row(), sums, first, width);
      }
    }
    if (k == inner) {
      return;
    }
    Dense rest = new Dense(x, left.at() + k * stride, stride, inner - k, p);
    for (int c = 0; c < cols; c++) {
      ALONE.addTransposed(
          rest,
          new Dense(r, right.at() + k * right.row() + c, right.row(), inner - k, 1),
          new Dense(sums, first + c * width, 1, p, 1));
    }
  }

  /** Two rows of X times four columns of R, added to four columns of sums. */
  private static void addTwoRows(
      double[] x,
      int at,
      int stride,
      double[] r,
      int q,
      int row,
      double[] sums,
      int first,
      int width) {
    int b = at + stride;
    int second = first + width;
    int third = second + width;
    int fourth = third + width;
    DoubleVector a0 = DoubleVector.broadcast(S, r[q]);
    DoubleVector a1 = DoubleVector.broadcast(S, r[q + 1]);
    DoubleVector a2 = DoubleVector.broadcast(S, r[q + 2]);
    DoubleVector a3 = DoubleVector.broadcast(S, r[q + 3]);
    DoubleVector b0 = DoubleVector.broadcast(S, r[q + row]);
    DoubleVector b1 = DoubleVector.broadcast(S, r[q + row + 1]);
    DoubleVector b2 = DoubleVector.broadcast(S, r[q + row + 2]);
    DoubleVector b3 = DoubleVector.broadcast(S, r[q + row + 3]);
    for (int j = 0; j < width; j += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, at + j);
      DoubleVector w = DoubleVector.fromArray(S, x, b + j);
      w.fma(b0, v.fma(a0, DoubleVector.fromArray(S, sums, first + j))).intoArray(sums, first + j);
      w.fma(b1, v.fma(a1, DoubleVector.fromArray(S, sums, second + j))).intoArray(sums, second + j);
      w.fma(b2, v.fma(a2, DoubleVector.fromArray(S, sums, third + j))).intoArray(sums, third + j);
      w.fma(b3, v.fma(a3, DoubleVector.fromArray(S, sums, fourth + j))).intoArray(sums, fourth + j);
    }
  }

  /** Four rows of X times two columns of R, added to two columns of sums. */
  private static void addFourRows(
      double[] x,
      int at,
      int stride,
      double[] r,
      int q,
      int row,
      double[] sums,
      int first,
      int width) {
    int b = at + stride;
    int c = b + stride;
    int d = c + stride;
    int second = first + width;
    DoubleVector a0 = DoubleVector.broadcast(S, r[q]);
    DoubleVector a1 = DoubleVector.broadcast(S, r[q + 1]);
    DoubleVector b0 = DoubleVector.broadcast(S, r[q + row]);
    DoubleVector b1 = DoubleVector.broadcast(S, r[q + row + 1]);
    DoubleVector c0 = DoubleVector.broadcast(S, r[q + 2 * row]);
    DoubleVector c1 = DoubleVector.broadcast(S, r[q + 2 * row + 1]);
    DoubleVector d0 = DoubleVector.broadcast(S, r[q + 3 * row]);
    DoubleVector d1 = DoubleVector.broadcast(S, r[q + 3 * row + 1]);
    for (int j = 0; j < width; j += LANES) {
      DoubleVector sum0 = DoubleVector.fromArray(S, sums, first + j);
      DoubleVector sum1 = DoubleVector.fromArray(S, sums, second + j);
      DoubleVector v = DoubleVector.fromArray(S, x, at + j);
      sum0 = v.fma(a0, sum0);
      sum1 = v.fma(a1, sum1);
      v = DoubleVector.fromArray(S, x, b + j);
      sum0 = v.fma(b0, sum0);
      sum1 = v.fma(b1, sum1);
      v = DoubleVector.fromArray(S, x, c + j);
      sum0 = v.fma(c0, sum0);
      sum1 = v.fma(c1, sum1);
      v = DoubleVector.fromArray(S, x, d + j);
      sum0 = v.fma(d0, sum0);
      sum1 = v.fma(d1, sum1);
      sum0.intoArray(sums, first + j);
      sum1.intoArray(sums, second + j);
    }
  }
}
