package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * X V with a few columns, in lanes: each column has the bits of its product alone, the sums of
 * {@link Kernels#PARTS} partial sums.
 *
 * <p>Four rows of X and four columns of V, turned to rows, are taken at a time: sixteen vectors of
 * partial sums for eight that are read. Rows too short for that go in lanes across the columns,
 * where every partial sum is of one product.
 */
final class ColumnProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int PARTS = Kernels.PARTS;

  /** Rows of X at a time. */
  private static final int ROWS = 4;

  /** Rows whose partial sums are added at a time. */
  private static final int PAIR = 2;

  /** Columns of V at a time, and of whole vectors with them. */
  private static final int COLS = 4;

  private static final int WIDTH = Math.max(COLS, LANES);

  private static final Kernels ALONE = new VectorKernels();

  private ColumnProducts() {}

  static void multiply(Dense x, Dense v, Dense out) {
    if (x.cols() < 2 * PARTS) {
      multiplyShort(x, v, out);
      return;
    }
    int p = x.cols();
    VectorKernels.fetch(x.data(), x.offset(), x.stride(), x.rows(), p);
    double[] columns = new double[(v.cols() + COLS - 1) / COLS * COLS * p];
    for (int c = 0; c < v.cols(); c++) {
      NarrowProducts.copyColumn(v.data(), v.offset() + c, v.stride(), columns, c * p, p);
    }
    for (int c = 0; c < v.cols(); c += COLS) {
      int whole = v.cols() - c == 1 ? 0 : x.rows() - x.rows() % ROWS;
      int count = Math.min(COLS, v.cols() - c);
      multiplyRows(x, whole, columns, c, count, out);
      for (int alone = c; whole < x.rows() && alone < c + count; alone++) {
        ALONE.multiply(
            new Dense(x.data(), x.at(whole), x.stride(), x.rows() - whole, p),
            new Dense(columns, alone * p, 1, p, 1),
            new Dense(out.data(), out.at(whole) + alone, out.stride(), x.rows() - whole, 1));
      }
    }
  }

  private static void multiplyRows(
      Dense x, int rows, double[] columns, int first, int count, Dense out) {
    int p = x.cols();
    int bound = p - p % PARTS;
    double[] data = x.data();
    int stride = x.stride();
    boolean isWhole = count == COLS && out.stride() == COLS;
    double[] parts = new double[ROWS * COLS * PARTS];
    double[] last = lastRows(columns, first * p + bound, p, p - bound);
    double[] rests = new double[ROWS * WIDTH];
    double[] sums = new double[PAIR * COLS];
    for (int i = 0; i < rows; i += ROWS) {
      int at = x.at(i);
      for (int part = 0; part < PARTS; part += LANES) {
        addParts(data, at + part, stride, columns, first * p + part, p, bound, parts, part);
      }
      for (int c = 0; c < COLS; c += LANES) {
        addRests(data, at + bound, stride, last, c, rests);
      }
      for (int r = 0; r < ROWS; r += PAIR) {
        int to = out.at(i + r) + first;
        if (isWhole) {
          addSums(parts, rests, r, out.data(), to);
        } else {
          addSums(parts, rests, r, sums, 0);
          System.arraycopy(sums, 0, out.data(), to, count);
          System.arraycopy(sums, COLS, out.data(), to + out.stride(), count);
        }
      }
    }
  }

  /** The last rows of four columns of V, each a whole vector. */
  private static double[] lastRows(double[] columns, int at, int p, int rows) {
    double[] last = new double[rows * WIDTH];
    for (int k = 0; k < rows; k++) {
      for (int c = 0; c < COLS; c++) {
        last[k * WIDTH + c] = columns[at + c * p + k];
      }
    }
    return last;
  }

  /** A vector of partial sums of each of four rows and four columns. */
  private static void addParts(
      double[] x,
      int at,
      int stride,
      double[] v,
      int vAt,
      int p,
      int bound,
      double[] parts,
      int part) {
    int b = at + stride;
    int c = b + stride;
    int d = c + stride;
    int second = vAt + p;
    int third = second + p;
    int fourth = third + p;
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector sumA0 = zero;
    DoubleVector sumA1 = zero;
    DoubleVector sumA2 = zero;
    DoubleVector sumA3 = zero;
    DoubleVector sumB0 = zero;
    DoubleVector sumB1 = zero;
    DoubleVector sumB2 = zero;
    DoubleVector sumB3 = zero;
    DoubleVector sumC0 = zero;
    DoubleVector sumC1 = zero;
    DoubleVector sumC2 = zero;
    DoubleVector sumC3 = zero;
    DoubleVector sumD0 = zero;
    DoubleVector sumD1 = zero;
    DoubleVector sumD2 = zero;
    DoubleVector sumD3 = zero;
    for (int j = 0; j < bound; j += PARTS) {
      DoubleVector v0 = DoubleVector.fromArray(S, v, vAt + j);
      DoubleVector v1 = DoubleVector.fromArray(S, v, second + j);
      DoubleVector v2 = DoubleVector.fromArray(S, v, third + j);
      DoubleVector v3 = DoubleVector.fromArray(S, v, fourth + j);
      DoubleVector row = DoubleVector.fromArray(S, x, at + j);
      sumA0 = row.fma(v0, sumA0);
      sumA1 = row.fma(v1, sumA1);
      sumA2 = row.fma(v2, sumA2);
      sumA3 = row.fma(v3, sumA3);
      row = DoubleVector.fromArray(S, x, b + j);
      sumB0 = row.fma(v0, sumB0);
      sumB1 = row.fma(v1, sumB1);
      sumB2 = row.fma(v2, sumB2);
      sumB3 = row.fma(v3, sumB3);
      row = DoubleVector.fromArray(S, x, c + j);
      sumC0 = row.fma(v0, sumC0);
      sumC1 = row.fma(v1, sumC1);
      sumC2 = row.fma(v2, sumC2);
      sumC3 = row.fma(v3, sumC3);
      row = DoubleVector.fromArray(S, x, d + j);
      sumD0 = row.fma(v0, sumD0);
      sumD1 = row.fma(v1, sumD1);
      sumD2 = row.fma(v2, sumD2);
      sumD3 = row.fma(v3, sumD3);
    }
    sumA0.intoArray(parts, part);
    sumA1.intoArray(parts, PARTS + part);
    sumA2.intoArray(parts, 2 * PARTS + part);
    sumA3.intoArray(parts, 3 * PARTS + part);
    sumB0.intoArray(parts, 4 * PARTS + part);
    sumB1.intoArray(parts, 5 * PARTS + part);
    sumB2.intoArray(parts, 6 * PARTS + part);
    sumB3.intoArray(parts, 7 * PARTS + part);
    sumC0.intoArray(parts, 8 * PARTS + part);
    sumC1.intoArray(parts, 9 * PARTS + part);
    sumC2.intoArray(parts, 10 * PARTS + part);
    sumC3.intoArray(parts, 11 * PARTS + part);
    sumD0.intoArray(parts, 12 * PARTS + part);
    sumD1.intoArray(parts, 13 * PARTS + part);
    sumD2.intoArray(parts, 14 * PARTS + part);
    sumD3.intoArray(parts, 15 * PARTS + part);
  }

  /** Of two rows and four columns, each in the order of its parts. */
  private static void addSums(double[] parts, double[] rests, int row, double[] out, int to) {
    double sumA = 0;
    double sumB = 0;
    double sumC = 0;
    double sumD = 0;
    double sumE = 0;
    double sumF = 0;
    double sumG = 0;
    double sumH = 0;
    int from = row * COLS * PARTS;
    for (int k = from; k < from + PARTS; k++) {
      sumA += parts[k];
      sumB += parts[PARTS + k];
      sumC += parts[2 * PARTS + k];
      sumD += parts[3 * PARTS + k];
      sumE += parts[4 * PARTS + k];
      sumF += parts[5 * PARTS + k];
      sumG += parts[6 * PARTS + k];
      sumH += parts[7 * PARTS + k];
    }
    int rest = row * WIDTH;
    int next = rest + WIDTH;
    out[to] = sumA + rests[rest];
    out[to + 1] = sumB + rests[rest + 1];
    out[to + 2] = sumC + rests[rest + 2];
    out[to + 3] = sumD + rests[rest + 3];
    out[to + 4] = sumE + rests[next];
    out[to + 5] = sumF + rests[next + 1];
    out[to + 6] = sumG + rests[next + 2];
    out[to + 7] = sumH + rests[next + 3];
  }

  /** What is left of four rows after whole vectors, times a vector of columns of V's last rows. */
  private static void addRests(
      double[] x, int at, int stride, double[] last, int column, double[] rests) {
    int b = at + stride;
    int c = b + stride;
    int d = c + stride;
    DoubleVector sumA = DoubleVector.zero(S);
    DoubleVector sumB = sumA;
    DoubleVector sumC = sumA;
    DoubleVector sumD = sumA;
    for (int j = 0; j * WIDTH < last.length; j++) {
      DoubleVector v = DoubleVector.fromArray(S, last, j * WIDTH + column);
      sumA = v.fma(DoubleVector.broadcast(S, x[at + j]), sumA);
      sumB = v.fma(DoubleVector.broadcast(S, x[b + j]), sumB);
      sumC = v.fma(DoubleVector.broadcast(S, x[c + j]), sumC);
      sumD = v.fma(DoubleVector.broadcast(S, x[d + j]), sumD);
    }
    sumA.intoArray(rests, column);
    sumB.intoArray(rests, WIDTH + column);
    sumC.intoArray(rests, 2 * WIDTH + column);
    sumD.intoArray(rests, 3 * WIDTH + column);
  }

  /** Of rows with at most one element a part. */
  private static void multiplyShort(Dense x, Dense v, Dense out) {
    int width = (v.cols() + LANES - 1) / LANES * LANES;
    double[] panel = new double[x.cols() * width];
    for (int k = 0; k < x.cols(); k++) {
      System.arraycopy(v.data(), v.at(k), panel, k * width, v.cols());
    }
    double[] products = new double[width];
    for (int i = 0; i < x.rows(); i++) {
      for (int c = 0; c < width; c += LANES) {
        multiplyShortRow(x.data(), x.at(i), x.cols(), panel, c, width, products);
      }
      int to = out.at(i);
      for (int c = 0; c < v.cols(); c++) {
        out.data()[to + c] = products[c];
      }
    }
  }

  private static void multiplyShortRow(
      double[] x, int at, int p, double[] panel, int from, int width, double[] products) {
    int bound = p - p % PARTS;
    DoubleVector sum = DoubleVector.zero(S);
    for (int k = 0; k < bound; k++) {
      DoubleVector v = DoubleVector.fromArray(S, panel, from + k * width);
      sum = sum.add(v.mul(DoubleVector.broadcast(S, x[at + k])));
    }
    DoubleVector rest = DoubleVector.zero(S);
    for (int k = bound; k < p; k++) {
      DoubleVector v = DoubleVector.fromArray(S, panel, from + k * width);
      rest = v.fma(DoubleVector.broadcast(S, x[at + k]), rest);
    }
    sum.add(rest).intoArray(products, from);
  }
}
