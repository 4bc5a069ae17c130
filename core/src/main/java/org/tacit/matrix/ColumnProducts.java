package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * X V with a few columns, in lanes: each column has the bits of its product alone, the sums of
 * {@link Kernels#PARTS} partial sums.
 *
 * <p>Two rows of X and four columns of V, turned to rows, are taken at a time: eight vectors of
 * partial sums for six that are read. Twice as many are more calls than the compiler puts in the
 * place of one loop, which then makes objects of vectors. Rows too short for that go in lanes
 * across the columns, where every partial sum is of one product.
 */
final class ColumnProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int PARTS = Kernels.PARTS;

  /** Rows of X at a time. */
  private static final int ROWS = 2;

  /** Columns of V at a time. */
  private static final int COLS = 4;

  /** Numbers of a line of the cache, and lines at a time. */
  private static final int LINE = 8;

  private static final int LINES = 4;

  private static final Kernels ALONE = new VectorKernels();

  private ColumnProducts() {}

  static void multiply(Dense x, Dense v, Dense out) {
    if (x.cols() < 2 * PARTS) {
      multiplyShort(x, v, out);
      return;
    }
    int p = x.cols();
    double[] columns = new double[(v.cols() + COLS - 1) / COLS * COLS * p];
    for (int k = 0; k < p; k++) {
      for (int c = 0; c < v.cols(); c++) {
        columns[c * p + k] = v.data()[v.at(k) + c];
      }
    }
    for (int c = 0; c < v.cols(); c += COLS) {
      int whole = v.cols() - c == 1 ? 0 : x.rows() - x.rows() % ROWS;
      int count = Math.min(COLS, v.cols() - c);
      multiplyPair(x, whole, columns, c, count, out);
      for (int alone = c; whole < x.rows() && alone < c + count; alone++) {
        ALONE.multiply(
            new Dense(x.data(), x.at(whole), x.stride(), x.rows() - whole, p),
            new Dense(columns, alone * p, 1, p, 1),
            new Dense(out.data(), out.at(whole) + alone, out.stride(), x.rows() - whole, 1));
      }
    }
  }

  private static void multiplyPair(
      Dense x, int rows, double[] columns, int first, int count, Dense out) {
    int p = x.cols();
    int bound = p - p % PARTS;
    double[] data = x.data();
    int stride = x.stride();
    double[] to = out.data();
    double[] parts = new double[ROWS * COLS * PARTS];
    double[] rests = new double[ROWS * COLS];
    double[] kept = new double[LINES];
    for (int i = 0; i < rows; i += ROWS) {
      int at = x.at(i);
      fetch(data, at + ROWS * stride, ROWS * stride, kept);
      for (int part = 0; part < PARTS; part += LANES) {
        addParts(data, at + part, stride, columns, first * p + part, p, bound, parts, part);
      }
      addRests(data, at, stride, columns, first * p, bound, p, rests);
      addSums(parts, rests);
      for (int r = 0; r < ROWS; r++) {
        System.arraycopy(rests, r * COLS, to, out.at(i + r) + first, count);
      }
    }
  }

  /**
   * Reads a number of each line in turn, which is faster than to wait for two rows at a time; what
   * is kept is of no use but that the reading is not left out.
   */
  private static void fetch(double[] x, int from, int count, double[] kept) {
    int end = Math.min(x.length, from + count);
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (int k = from; k + LINES * LINE <= end; k += LINES * LINE) {
      a += x[k];
      b += x[k + LINE];
      c += x[k + 2 * LINE];
      d += x[k + 3 * LINE];
    }
    kept[0] = a;
    kept[1] = b;
    kept[2] = c;
    kept[3] = d;
  }

  /** A vector of partial sums of each of two rows and four columns. */
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
    int second = vAt + p;
    int third = second + p;
    int fourth = third + p;
    DoubleVector sumA0 = DoubleVector.zero(S);
    DoubleVector sumA1 = DoubleVector.zero(S);
    DoubleVector sumA2 = DoubleVector.zero(S);
    DoubleVector sumA3 = DoubleVector.zero(S);
    DoubleVector sumB0 = DoubleVector.zero(S);
    DoubleVector sumB1 = DoubleVector.zero(S);
    DoubleVector sumB2 = DoubleVector.zero(S);
    DoubleVector sumB3 = DoubleVector.zero(S);
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
    }
    sumA0.intoArray(parts, part);
    sumA1.intoArray(parts, PARTS + part);
    sumA2.intoArray(parts, 2 * PARTS + part);
    sumA3.intoArray(parts, 3 * PARTS + part);
    sumB0.intoArray(parts, 4 * PARTS + part);
    sumB1.intoArray(parts, 5 * PARTS + part);
    sumB2.intoArray(parts, 6 * PARTS + part);
    sumB3.intoArray(parts, 7 * PARTS + part);
  }

  /** Of two rows and four columns, each in the order of its parts. */
  private static void addSums(double[] parts, double[] rests) {
    double sumA = 0;
    double sumB = 0;
    double sumC = 0;
    double sumD = 0;
    double sumE = 0;
    double sumF = 0;
    double sumG = 0;
    double sumH = 0;
    for (int k = 0; k < PARTS; k++) {
      sumA += parts[k];
      sumB += parts[PARTS + k];
      sumC += parts[2 * PARTS + k];
      sumD += parts[3 * PARTS + k];
      sumE += parts[4 * PARTS + k];
      sumF += parts[5 * PARTS + k];
      sumG += parts[6 * PARTS + k];
      sumH += parts[7 * PARTS + k];
    }
    rests[0] += sumA;
    rests[1] += sumB;
    rests[2] += sumC;
    rests[3] += sumD;
    rests[4] += sumE;
    rests[5] += sumF;
    rests[6] += sumG;
    rests[7] += sumH;
  }

  /** What is left of two rows after whole vectors, times four columns. */
  private static void addRests(
      double[] x, int at, int stride, double[] v, int vAt, int from, int p, double[] rests) {
    double sumA = 0;
    double sumB = 0;
    double sumC = 0;
    double sumD = 0;
    double sumE = 0;
    double sumF = 0;
    double sumG = 0;
    double sumH = 0;
    for (int j = from; j < p; j++) {
      double a = x[at + j];
      double b = x[at + stride + j];
      double w = v[vAt + j];
      sumA = Math.fma(a, w, sumA);
      sumE = Math.fma(b, w, sumE);
      w = v[vAt + p + j];
      sumB = Math.fma(a, w, sumB);
      sumF = Math.fma(b, w, sumF);
      w = v[vAt + 2 * p + j];
      sumC = Math.fma(a, w, sumC);
      sumG = Math.fma(b, w, sumG);
      w = v[vAt + 3 * p + j];
      sumD = Math.fma(a, w, sumD);
      sumH = Math.fma(b, w, sumH);
    }
    rests[0] = sumA;
    rests[1] = sumB;
    rests[2] = sumC;
    rests[3] = sumD;
    rests[4] = sumE;
    rests[5] = sumF;
    rests[6] = sumG;
    rests[7] = sumH;
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
