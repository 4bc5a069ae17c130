package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of sparse rows with more than two columns that are no whole vectors, one {@link
 * Dense#padded} operand being so: an element of a row is a load and a multiply-add for each vector,
 * as many vectors at a time as stay in registers while the elements of the row go by. Each element
 * is summed in the order of its terms.
 */
final class PaddedProducts {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();

  /** Columns that are left to numbers. */
  private static final int FEW = 2;

  private PaddedProducts() {}

  /** How far apart the rows of padded operands are. */
  static int paddedWidth(int cols) {
    return cols > FEW ? (cols + LANES - 1) / LANES * LANES : cols;
  }

  /**
   * Writes A B, B being padded and the result one run: a row of it is written with what is behind,
   * which the next row overwrites; the last rows are written beside, as what is behind is not
   * theirs.
   */
  static void multiply(CsrWindow a, Dense b, Dense out) {
    int cols = out.cols();
    int width = b.stride();
    int beside = Math.min(a.rows(), (width - 1) / cols + 1);
    int rows = a.rows() - beside;
    multiplyRows(a, 0, rows, b, out.data(), out.at(0), cols);
    double[] last = new double[beside * width];
    multiplyRows(a, rows, beside, b, last, 0, width);
    for (int i = 0; i < beside; i++) {
      System.arraycopy(last, i * width, out.data(), out.at(rows + i), cols);
    }
  }

  private static void multiplyRows(
      CsrWindow a, int first, int rows, Dense b, double[] to, int at, int step) {
    int[] bound = a.bounds();
    int from = a.from() + first;
    if (b.stride() == LANES) {
      multiplyOnes(bound, from, rows, a.index(), a.value(), b.data(), to, at, step);
    } else {
      multiplyMany(bound, from, rows, a.index(), a.value(), b.data(), b.stride(), to, at, step);
    }
  }

  /** A row's vectors one after another, and then the next row's, which overwrite what is behind. */
  private static void multiplyMany(
      int[] bound,
      int first,
      int rows,
      int[] index,
      double[] value,
      double[] panel,
      int width,
      double[] to,
      int at,
      int step) {
    int end = bound[first];
    for (int i = 0; i < rows; i++) {
      int from = end;
      end = bound[first + i + 1];
      int j = 0;
      while (j < width) {
        int together = together((width - j) / LANES);
        switch (together) {
          case 4 -> four(index, value, from, end, panel, j, width, to, at + i * step + j);
          case 3 -> three(index, value, from, end, panel, j, width, to, at + i * step + j);
          default -> two(index, value, from, end, panel, j, width, to, at + i * step + j);
        }
        j += together * LANES;
      }
    }
  }

  /** Vectors that are taken next of two or more that are left, such that one is never left over. */
  private static int together(int left) {
    return left == 4 || left > 6 ? 4 : Math.min(left, 3);
  }

  private static void four(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] panel,
      int j,
      int width,
      double[] to,
      int at) {
    DoubleVector sumA = DoubleVector.zero(S);
    DoubleVector sumB = DoubleVector.zero(S);
    DoubleVector sumC = DoubleVector.zero(S);
    DoubleVector sumD = DoubleVector.zero(S);
    for (int e = from; e < end; e++) {
      int row = j + index[e] * width;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      sumA = DoubleVector.fromArray(S, panel, row).fma(factor, sumA);
      sumB = DoubleVector.fromArray(S, panel, row + LANES).fma(factor, sumB);
      sumC = DoubleVector.fromArray(S, panel, row + 2 * LANES).fma(factor, sumC);
      sumD = DoubleVector.fromArray(S, panel, row + 3 * LANES).fma(factor, sumD);
    }
    sumA.intoArray(to, at);
    sumB.intoArray(to, at + LANES);
    sumC.intoArray(to, at + 2 * LANES);
    sumD.intoArray(to, at + 3 * LANES);
  }

  private static void three(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] panel,
      int j,
      int width,
      double[] to,
      int at) {
    DoubleVector sumA = DoubleVector.zero(S);
    DoubleVector sumB = DoubleVector.zero(S);
    DoubleVector sumC = DoubleVector.zero(S);
    for (int e = from; e < end; e++) {
      int row = j + index[e] * width;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      sumA = DoubleVector.fromArray(S, panel, row).fma(factor, sumA);
      sumB = DoubleVector.fromArray(S, panel, row + LANES).fma(factor, sumB);
      sumC = DoubleVector.fromArray(S, panel, row + 2 * LANES).fma(factor, sumC);
    }
    sumA.intoArray(to, at);
    sumB.intoArray(to, at + LANES);
    sumC.intoArray(to, at + 2 * LANES);
  }

  private static void two(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] panel,
      int j,
      int width,
      double[] to,
      int at) {
    DoubleVector sumA = DoubleVector.zero(S);
    DoubleVector sumB = DoubleVector.zero(S);
    for (int e = from; e < end; e++) {
      int row = j + index[e] * width;
      DoubleVector factor = DoubleVector.broadcast(S, value[e]);
      sumA = DoubleVector.fromArray(S, panel, row).fma(factor, sumA);
      sumB = DoubleVector.fromArray(S, panel, row + LANES).fma(factor, sumB);
    }
    sumA.intoArray(to, at);
    sumB.intoArray(to, at + LANES);
  }

  /** Two rows take turns, whose sums do not wait for each other. */
  private static void multiplyOnes(
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
    double[] r = b.data();
    int width = out.stride();
    int whole = a.rows();
    while (whole > 0 && b.at(whole - 1) + width > r.length) {
      whole--;
    }
    spreadRows(a, 0, whole, r, b.offset(), b.stride(), out);
    double[] last = new double[width];
    for (int i = whole; i < a.rows(); i++) {
      System.arraycopy(r, b.at(i), last, 0, b.cols());
      spreadRows(a, i, 1, last, 0, width, out);
    }
  }

  private static void spreadRows(
      CsrWindow a, int first, int rows, double[] r, int at, int step, Dense out) {
    int[] bound = a.bounds();
    int from = a.from() + first;
    int[] index = a.index();
    if (out.stride() == LANES) {
      spreadOnes(bound, from, rows, index, a.value(), r, at, step, out.data());
    } else {
      spreadMany(bound, from, rows, index, a.value(), r, at, step, out.data(), out.stride());
    }
  }

  private static void spreadOnes(
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

  private static void spreadMany(
      int[] bound,
      int first,
      int rows,
      int[] index,
      double[] value,
      double[] r,
      int at,
      int step,
      double[] sums,
      int width) {
    int end = bound[first];
    for (int i = 0; i < rows; i++) {
      int from = end;
      end = bound[first + i + 1];
      int j = 0;
      while (j < width) {
        int together = together((width - j) / LANES);
        switch (together) {
          case 4 ->
              SparseProducts.spreadFour(
                  index, value, from, end, r, at + i * step + j, sums, j, width);
          case 3 -> spreadThree(index, value, from, end, r, at + i * step + j, sums, j, width);
          default -> spreadTwo(index, value, from, end, r, at + i * step + j, sums, j, width);
        }
        j += together * LANES;
      }
    }
  }

  private static void spreadThree(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] r,
      int at,
      double[] sums,
      int j,
      int width) {
    DoubleVector a = DoubleVector.fromArray(S, r, at);
    DoubleVector b = DoubleVector.fromArray(S, r, at + LANES);
    DoubleVector c = DoubleVector.fromArray(S, r, at + 2 * LANES);
    for (int e = from; e < end; e++) {
      int row = j + index[e] * width;
      DoubleVector element = DoubleVector.broadcast(S, value[e]);
      a.fma(element, DoubleVector.fromArray(S, sums, row)).intoArray(sums, row);
      b.fma(element, DoubleVector.fromArray(S, sums, row + LANES)).intoArray(sums, row + LANES);
      c.fma(element, DoubleVector.fromArray(S, sums, row + 2 * LANES))
          .intoArray(sums, row + 2 * LANES);
    }
  }

  private static void spreadTwo(
      int[] index,
      double[] value,
      int from,
      int end,
      double[] r,
      int at,
      double[] sums,
      int j,
      int width) {
    DoubleVector a = DoubleVector.fromArray(S, r, at);
    DoubleVector b = DoubleVector.fromArray(S, r, at + LANES);
    for (int e = from; e < end; e++) {
      int row = j + index[e] * width;
      DoubleVector element = DoubleVector.broadcast(S, value[e]);
      a.fma(element, DoubleVector.fromArray(S, sums, row)).intoArray(sums, row);
      b.fma(element, DoubleVector.fromArray(S, sums, row + LANES)).intoArray(sums, row + LANES);
    }
  }
}
