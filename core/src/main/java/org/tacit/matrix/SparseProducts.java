package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of sparse rows with several columns, in lanes: row after row, as many columns at a time
 * as stay in registers while the elements of the row go by. What is left below a vector is brought
 * beside zeros; a few columns alone that no pass has padded ({@link PaddedProducts}), or few rows
 * of many columns, are added number by number: lanes of another width would make objects of all.
 * Each element is summed in the order of its terms.
 */
final class SparseProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();

  /** Numbers that are added at a time where there are fewer columns than lanes. */
  private static final int SIDE = 4;

  private SparseProducts() {}

  /** Adds A B. */
  static void add(CsrWindow a, Dense b, Dense out) {
    int whole = out.cols() - out.cols() % LANES;
    addVectors(a, b, out, whole);
    int rest = out.cols() - whole;
    if (whole > 0 && rest > 0 && isFull(a)) {
      Dense panel = beside(b, whole, rest);
      Dense sums = beside(out, whole, rest);
      addVectors(a, panel, sums, LANES);
      copy(sums, 0, out, whole, rest);
    } else if (rest > 0) {
      addNumbers(a, b, out, whole);
    }
  }

  /** Whether rows have elements enough for a copy of a few columns of B to cost nothing. */
  private static boolean isFull(CsrWindow a) {
    return a.elements() >= a.cols();
  }

  /** A vector of columns beside zeros. */
  private static Dense beside(Dense b, int first, int count) {
    Dense panel = Dense.zeros(b.rows(), LANES);
    copy(b, first, panel, 0, count);
    return panel;
  }

  private static void copy(Dense from, int first, Dense to, int toFirst, int count) {
    for (int i = 0; i < from.rows(); i++) {
      System.arraycopy(from.data(), from.at(i) + first, to.data(), to.at(i) + toFirst, count);
    }
  }

  private static void addVectors(CsrWindow a, Dense b, Dense out, int cols) {
    int[] index = a.index();
    double[] value = a.value();
    double[] v = b.data();
    double[] to = out.data();
    int end = a.rows() == 0 ? 0 : a.start(0);
    for (int i = 0; i < a.rows(); i++) {
      int from = end;
      end = a.end(i);
      int at = out.at(i);
      int j = 0;
      for (; j + 4 * LANES <= cols; j += 4 * LANES) {
        four(index, value, from, end, v, b.offset() + j, b.stride(), to, at + j);
      }
      for (; j < cols; j += LANES) {
        one(index, value, from, end, v, b.offset() + j, b.stride(), to, at + j);
      }
    }
  }

  private static void addNumbers(CsrWindow a, Dense b, Dense out, int first) {
    int[] index = a.index();
    double[] value = a.value();
    for (int i = 0; i < a.rows(); i++) {
      int j = first;
      for (; j + SIDE <= out.cols(); j += SIDE) {
        addFour(index, value, a.start(i), a.end(i), b, j, out.data(), out.at(i) + j);
      }
      for (; j < out.cols(); j++) {
        double sum = out.data()[out.at(i) + j];
        for (int e = a.start(i); e < a.end(i); e++) {
          sum = Math.fma(value[e], b.data()[b.at(index[e]) + j], sum);
        }
        out.data()[out.at(i) + j] = sum;
      }
    }
  }

  private static void addFour(
      int[] index, double[] value, int from, int end, Dense b, int j, double[] to, int at) {
    double[] v = b.data();
    int first = b.offset() + j;
    int stride = b.stride();
    double sumA = to[at];
    double sumB = to[at + 1];
    double sumC = to[at + 2];
    double sumD = to[at + 3];
    for (int e = from; e < end; e++) {
      int row = first + index[e] * stride;
      double factor = value[e];
      sumA = Math.fma(factor, v[row], sumA);
      sumB = Math.fma(factor, v[row + 1], sumB);
      sumC = Math.fma(factor, v[row + 2], sumC);
      sumD = Math.fma(factor, v[row + 3], sumD);
    }
    to[at] = sumA;
    to[at + 1] = sumB;
    to[at + 2] = sumC;
    to[at + 3] = sumD;
  }

  private static void four(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] v,
      int vAt,
      int stride,
      double[] to,
      int at) {
    DoubleVector sumA = DoubleVector.fromArray(S, to, at);
    DoubleVector sumB = DoubleVector.fromArray(S, to, at + LANES);
    DoubleVector sumC = DoubleVector.fromArray(S, to, at + 2 * LANES);
    DoubleVector sumD = DoubleVector.fromArray(S, to, at + 3 * LANES);
    for (int e = from; e < end; e++) {
      int row = vAt + index[e] * stride;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      sumA = DoubleVector.fromArray(S, v, row).fma(factor, sumA);
      sumB = DoubleVector.fromArray(S, v, row + LANES).fma(factor, sumB);
      sumC = DoubleVector.fromArray(S, v, row + 2 * LANES).fma(factor, sumC);
      sumD = DoubleVector.fromArray(S, v, row + 3 * LANES).fma(factor, sumD);
    }
    sumA.intoArray(to, at);
    sumB.intoArray(to, at + LANES);
    sumC.intoArray(to, at + 2 * LANES);
    sumD.intoArray(to, at + 3 * LANES);
  }

  private static void one(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] v,
      int vAt,
      int stride,
      double[] to,
      int at) {
    DoubleVector sum = DoubleVector.fromArray(S, to, at);
    for (int e = from; e < end; e++) {
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      sum = DoubleVector.fromArray(S, v, vAt + index[e] * stride).fma(factor, sum);
    }
    sum.intoArray(to, at);
  }

  /** Adds A' B. */
  static void addTransposed(CsrWindow a, Dense b, Dense out) {
    int whole = out.cols() - out.cols() % LANES;
    spreadVectors(a, b, out, whole);
    int rest = out.cols() - whole;
    if (whole > 0 && rest > 0 && isFull(a)) {
      Dense panel = beside(b, whole, rest);
      Dense sums = beside(out, whole, rest);
      spreadVectors(a, panel, sums, LANES);
      copy(sums, 0, out, whole, rest);
    } else if (rest > 0) {
      spreadNumbers(a, b, out, whole);
    }
  }

  private static void spreadVectors(CsrWindow a, Dense b, Dense out, int cols) {
    int[] index = a.index();
    double[] value = a.value();
    double[] r = b.data();
    double[] to = out.data();
    int end = a.rows() == 0 ? 0 : a.start(0);
    for (int i = 0; i < a.rows(); i++) {
      int from = end;
      end = a.end(i);
      int at = b.at(i);
      int j = 0;
      for (; j + 4 * LANES <= cols; j += 4 * LANES) {
        spreadFour(index, value, from, end, r, at + j, to, out.offset() + j, out.stride());
      }
      for (; j < cols; j += LANES) {
        spreadOne(index, value, from, end, r, at + j, to, out.offset() + j, out.stride());
      }
    }
  }

  private static void spreadNumbers(CsrWindow a, Dense b, Dense out, int first) {
    int[] index = a.index();
    double[] value = a.value();
    for (int i = 0; i < a.rows(); i++) {
      int j = first;
      for (; j + SIDE <= out.cols(); j += SIDE) {
        spreadFour(index, value, a.start(i), a.end(i), b.data(), b.at(i) + j, out, j);
      }
      for (; j < out.cols(); j++) {
        double factor = b.data()[b.at(i) + j];
        for (int e = a.start(i); e < a.end(i); e++) {
          int at = out.at(index[e]) + j;
          out.data()[at] = Math.fma(value[e], factor, out.data()[at]);
        }
      }
    }
  }

  private static void spreadFour(
      int[] index, double[] value, int from, int end, double[] r, int at, Dense out, int j) {
    double[] to = out.data();
    int first = out.offset() + j;
    int stride = out.stride();
    double a = r[at];
    double b = r[at + 1];
    double c = r[at + 2];
    double d = r[at + 3];
    for (int e = from; e < end; e++) {
      int row = first + index[e] * stride;
      double factor = value[e];
      to[row] = Math.fma(factor, a, to[row]);
      to[row + 1] = Math.fma(factor, b, to[row + 1]);
      to[row + 2] = Math.fma(factor, c, to[row + 2]);
      to[row + 3] = Math.fma(factor, d, to[row + 3]);
    }
  }

  /** Adds the products of a row with four vectors to the rows of sums that it has elements of. */
  static void spreadFour(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] r,
      int at,
      double[] to,
      int toAt,
      int stride) {
    DoubleVector a = DoubleVector.fromArray(S, r, at);
    DoubleVector b = DoubleVector.fromArray(S, r, at + LANES);
    DoubleVector c = DoubleVector.fromArray(S, r, at + 2 * LANES);
    DoubleVector d = DoubleVector.fromArray(S, r, at + 3 * LANES);
    for (int e = from; e < end; e++) {
      int row = toAt + index[e] * stride;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      a.fma(factor, DoubleVector.fromArray(S, to, row)).intoArray(to, row);
      b.fma(factor, DoubleVector.fromArray(S, to, row + LANES)).intoArray(to, row + LANES);
      c.fma(factor, DoubleVector.fromArray(S, to, row + 2 * LANES)).intoArray(to, row + 2 * LANES);
      d.fma(factor, DoubleVector.fromArray(S, to, row + 3 * LANES)).intoArray(to, row + 3 * LANES);
    }
  }

  private static void spreadOne(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] r,
      int at,
      double[] to,
      int toAt,
      int stride) {
    DoubleVector a = DoubleVector.fromArray(S, r, at);
    for (int e = from; e < end; e++) {
      int row = toAt + index[e] * stride;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      a.fma(factor, DoubleVector.fromArray(S, to, row)).intoArray(to, row);
    }
  }
}
