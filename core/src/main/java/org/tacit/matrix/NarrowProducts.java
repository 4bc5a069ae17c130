package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.tacit.matrix.Kernels.Strided;

/**
 * Products with fewer columns than a vector has lanes, in lanes. Each element is summed in the
 * order of its terms, as in wider products.
 *
 * <p>A B takes eight rows of A at a time, with B beside zeros up to a vector. X' R, where X is
 * wide, goes along the rows of X, four rows and four columns of R at a time, as X' r does: to go
 * down the columns of X would fetch each of its lines once for every few features.
 */
final class NarrowProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int ROWS = 8;

  /** Columns of R, and rows of X, at a time. */
  private static final int SIDE = 4;

  private NarrowProducts() {}

  /** Adds columns {@code j} to {@code j + cols} of A B to those of {@code to}. */
  static void add(Strided left, Strided right, Strided to, int j, int rows, int inner, int cols) {
    if (left.row() == 1 && rows >= 2 * LANES) {
      for (int c = 0; c < cols; c += SIDE) {
        addTransposed(left, right, to, j + c, rows, inner, Math.min(SIDE, cols - c));
      }
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

  /** At most {@link #SIDE} columns of X' R, whose sums stand one column after the other. */
  private static void addTransposed(
      Strided left, Strided right, Strided to, int j, int p, int inner, int cols) {
    double[] sums = new double[SIDE * p];
    double[] factors = new double[SIDE * inner];
    for (int i = 0; i < p; i++) {
      for (int c = 0; c < cols; c++) {
        sums[c * p + i] = to.data()[to.at() + i * to.row() + j + c];
      }
    }
    copy(right.data(), right.at() + j, right.row(), factors, 0, SIDE, inner, cols);
    int k = 0;
    for (; k + SIDE <= inner; k += SIDE) {
      addFourRows(left.data(), left.at() + k * left.col(), left.col(), factors, SIDE * k, sums, p);
    }
    for (; k < inner; k++) {
      for (int c = 0; c < cols; c++) {
        int x = left.at() + k * left.col();
        double factor = factors[SIDE * k + c];
        for (int i = 0; i < p; i++) {
          sums[c * p + i] = Math.fma(left.data()[x + i], factor, sums[c * p + i]);
        }
      }
    }
    for (int i = 0; i < p; i++) {
      for (int c = 0; c < cols; c++) {
        to.data()[to.at() + i * to.row() + j + c] = sums[c * p + i];
      }
    }
  }

  private static void addFourRows(
      double[] x, int at, int stride, double[] r, int rAt, double[] sums, int p) {
    int b = at + stride;
    int c = b + stride;
    int d = c + stride;
    int bound = S.loopBound(p);
    for (int column = 0; column < SIDE; column += 2) {
      int q = rAt + column;
      int first = column * p;
      int second = first + p;
      DoubleVector a0 = DoubleVector.broadcast(S, r[q]);
      DoubleVector b0 = DoubleVector.broadcast(S, r[q + SIDE]);
      DoubleVector c0 = DoubleVector.broadcast(S, r[q + 2 * SIDE]);
      DoubleVector d0 = DoubleVector.broadcast(S, r[q + 3 * SIDE]);
      DoubleVector a1 = DoubleVector.broadcast(S, r[q + 1]);
      DoubleVector b1 = DoubleVector.broadcast(S, r[q + 1 + SIDE]);
      DoubleVector c1 = DoubleVector.broadcast(S, r[q + 1 + 2 * SIDE]);
      DoubleVector d1 = DoubleVector.broadcast(S, r[q + 1 + 3 * SIDE]);
      for (int j = 0; j < bound; j += LANES) {
        DoubleVector xA = DoubleVector.fromArray(S, x, at + j);
        DoubleVector xB = DoubleVector.fromArray(S, x, b + j);
        DoubleVector xC = DoubleVector.fromArray(S, x, c + j);
        DoubleVector xD = DoubleVector.fromArray(S, x, d + j);
        DoubleVector sum = xA.fma(a0, DoubleVector.fromArray(S, sums, first + j));
        DoubleVector other = xA.fma(a1, DoubleVector.fromArray(S, sums, second + j));
        sum = xB.fma(b0, sum);
        other = xB.fma(b1, other);
        sum = xC.fma(c0, sum);
        other = xC.fma(c1, other);
        xD.fma(d0, sum).intoArray(sums, first + j);
        xD.fma(d1, other).intoArray(sums, second + j);
      }
    }
    for (int column = 0; column < SIDE; column++) {
      int q = rAt + column;
      for (int j = bound; j < p; j++) {
        double sum = Math.fma(x[at + j], r[q], sums[column * p + j]);
        sum = Math.fma(x[b + j], r[q + SIDE], sum);
        sum = Math.fma(x[c + j], r[q + 2 * SIDE], sum);
        sums[column * p + j] = Math.fma(x[d + j], r[q + 3 * SIDE], sum);
      }
    }
  }
}
