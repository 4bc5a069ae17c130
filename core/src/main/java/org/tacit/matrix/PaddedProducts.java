package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of sparse rows with more than two columns that are less than a vector, one {@link
 * Dense#padded} operand being whole vectors: an element of a row is one load and one multiply-add,
 * where numbers take one a column. Each element is summed in the order of its terms.
 */
final class PaddedProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();

  /** Columns that are left to numbers. */
  private static final int FEW = 2;

  private PaddedProducts() {}

  /** How far apart the rows of padded operands are. */
  static int paddedWidth(int cols) {
    return cols > FEW && cols < LANES ? LANES : cols;
  }

  /**
   * Writes A B, B being padded and the result one run: a row of it is written with what is behind,
   * which the next row overwrites; the last rows are written beside, as what is behind is not
   * theirs.
   */
  static void multiply(CsrWindow a, Dense b, Dense out) {
    int cols = out.cols();
    int beside = Math.min(a.rows(), (LANES - 1) / cols + 1);
    int rows = a.rows() - beside;
    double[] panel = b.data();
    multiplyRows(
        a.bounds(), a.from(), rows, a.index(), a.value(), panel, out.data(), out.at(0), cols);
    double[] last = new double[beside * LANES];
    int from = a.from() + rows;
    multiplyRows(a.bounds(), from, beside, a.index(), a.value(), panel, last, 0, LANES);
    for (int i = 0; i < beside; i++) {
      System.arraycopy(last, i * LANES, out.data(), out.at(rows + i), cols);
    }
  }

  /** Two rows take turns, whose sums do not wait for each other. */
  private static void multiplyRows(
      int[] bound,
      int first,
      int rows,
      int[] index,
      double[] value,
      double[] panel,
      double[] to,
      int at,
      int step) {
    int pairs = rows - rows % 2;
    int endOfNext = bound[first];
    for (int i = 0; i < pairs; i += 2) {
      int e = endOfNext;
      int end = bound[first + i + 1];
      int f = end;
      endOfNext = bound[first + i + 2];
      DoubleVector sum = DoubleVector.zero(S);
      DoubleVector next = DoubleVector.zero(S);
      int both = Math.min(end - e, endOfNext - f);
      for (int k = 0; k < both; k++) {
        DoubleVector factor = DoubleVector.broadcast(S, value[e + k]);
        DoubleVector factorOfNext = DoubleVector.broadcast(S, value[f + k]);
        sum = DoubleVector.fromArray(S, panel, index[e + k] * LANES).fma(factor, sum);
        next = DoubleVector.fromArray(S, panel, index[f + k] * LANES).fma(factorOfNext, next);
      }
      for (e += both; e < end; e++) {
        DoubleVector factor = DoubleVector.broadcast(S, value[e]);
        sum = DoubleVector.fromArray(S, panel, index[e] * LANES).fma(factor, sum);
      }
      for (f += both; f < endOfNext; f++) {
        DoubleVector factor = DoubleVector.broadcast(S, value[f]);
        next = DoubleVector.fromArray(S, panel, index[f] * LANES).fma(factor, next);
      }
      sum.intoArray(to, at + i * step);
      next.intoArray(to, at + (i + 1) * step);
    }
    if (pairs < rows) {
      DoubleVector sum = DoubleVector.zero(S);
      for (int e = endOfNext; e < bound[first + rows]; e++) {
        DoubleVector factor = DoubleVector.broadcast(S, value[e]);
        sum = DoubleVector.fromArray(S, panel, index[e] * LANES).fma(factor, sum);
      }
      sum.intoArray(to, at + pairs * step);
    }
  }

  /** Adds A' B to sums that are padded: what is behind a row of B goes behind them. */
  static void addTransposed(CsrWindow a, Dense b, Dense out) {
    double[] sums = out.data();
    double[] r = b.data();
    int whole = a.rows();
    while (whole > 0 && b.at(whole - 1) + LANES > r.length) {
      whole--;
    }
    int[] bound = a.bounds();
    spread(bound, a.from(), whole, a.index(), a.value(), r, b.offset(), b.stride(), sums);
    double[] last = new double[LANES];
    for (int i = whole; i < a.rows(); i++) {
      System.arraycopy(r, b.at(i), last, 0, b.cols());
      spread(bound, a.from() + i, 1, a.index(), a.value(), last, 0, LANES, sums);
    }
  }

  private static void spread(
      int[] bound,
      int first,
      int rows,
      int[] index,
      double[] value,
      double[] r,
      int at,
      int step,
      double[] sums) {
    int end = bound[first];
    for (int i = 0; i < rows; i++) {
      int from = end;
      end = bound[first + i + 1];
      DoubleVector factors = DoubleVector.fromArray(S, r, at + i * step);
      for (int e = from; e < end; e++) {
        int row = index[e] * LANES;
        DoubleVector element = DoubleVector.broadcast(S, value[e]);
        factors.fma(element, DoubleVector.fromArray(S, sums, row)).intoArray(sums, row);
      }
    }
  }
}
