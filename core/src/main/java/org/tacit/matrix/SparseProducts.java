package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of sparse rows with several columns, in lanes: row after row, as many columns at a time
 * as stay in registers while the elements of the row go by. What is left below a vector is brought
 * beside zeros; a few columns alone, or few rows of many columns, are added number by number: lanes
 * of another width in these loops would make objects of all. Each element is summed in the order of
 * its terms.
 */
final class SparseProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();

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
    int elements = a.rows() == 0 ? 0 : a.end(a.rows() - 1) - a.start(0);
    return elements >= a.cols();
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
      for (int j = first; j < out.cols(); j++) {
        double sum = out.data()[out.at(i) + j];
        for (int e = a.start(i); e < a.end(i); e++) {
          sum = Math.fma(value[e], b.data()[b.at(index[e]) + j], sum);
        }
        out.data()[out.at(i) + j] = sum;
      }
    }
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
      for (int j = first; j < out.cols(); j++) {
        double factor = b.data()[b.at(i) + j];
        for (int e = a.start(i); e < a.end(i); e++) {
          int at = out.at(index[e]) + j;
          out.data()[at] = Math.fma(value[e], factor, out.data()[at]);
        }
      }
    }
  }

  private static void spreadFour(
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
