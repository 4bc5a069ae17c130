package org.tacit.matrix;

/**
 * Products of sparse rows with one column. Each sum is taken in the order of its terms.
 *
 * <p>A column that begins its array, with its elements side by side, has loops of its own, on
 * arrays alone: an offset and a stride, or a call for the bounds of a row, cost half as much again.
 */
final class SparseColumn {
  /** Elements a row from which on two rows take turns: one alone waits for its own sum. */
  private static final int LONG = 32;

  private SparseColumn() {}

  /** Writes A v, or adds it where {@code isAdded}. */
  static void multiply(CsrWindow a, Dense v, Dense out, boolean isAdded) {
    if (!isPlain(v)) {
      multiplyStrided(a, v, out, isAdded);
      return;
    }
    int rows = a.rows();
    int inPairs = a.elements() >= (long) LONG * rows ? rows - rows % 2 : 0;
    int[] bound = a.bounds();
    int at = a.from();
    multiplyInPairs(bound, at, inPairs, a.index(), a.value(), v.data(), out, isAdded);
    Dense rest = out.window(inPairs, rows - inPairs);
    multiplyRows(bound, at + inPairs, a.index(), a.value(), v.data(), rest, isAdded);
  }

  private static boolean isPlain(Dense column) {
    return column.offset() == 0 && column.stride() == 1;
  }

  private static void multiplyRows(
      int[] bound, int first, int[] index, double[] value, double[] v, Dense out, boolean isAdded) {
    double[] to = out.data();
    int at = out.offset();
    int step = out.stride();
    int rows = out.rows();
    int end = bound[first];
    for (int i = 0; i < rows; i++) {
      int from = end;
      end = bound[first + i + 1];
      double sum = isAdded ? to[at + i * step] : 0;
      for (int e = from; e < end; e++) {
        sum = Math.fma(value[e], v[index[e]], sum);
      }
      to[at + i * step] = sum;
    }
  }

  private static void multiplyInPairs(
      int[] bound,
      int first,
      int rows,
      int[] index,
      double[] value,
      double[] v,
      Dense out,
      boolean isAdded) {
    double[] to = out.data();
    int at = out.offset();
    int step = out.stride();
    int endOfNext = bound[first];
    for (int i = 0; i < rows; i += 2) {
      int e = endOfNext;
      int end = bound[first + i + 1];
      int f = end;
      endOfNext = bound[first + i + 2];
      double sum = isAdded ? to[at + i * step] : 0;
      double next = isAdded ? to[at + (i + 1) * step] : 0;
      int both = Math.min(end - e, endOfNext - f);
      for (int k = 0; k < both; k++) {
        sum = Math.fma(value[e + k], v[index[e + k]], sum);
        next = Math.fma(value[f + k], v[index[f + k]], next);
      }
      for (e += both; e < end; e++) {
        sum = Math.fma(value[e], v[index[e]], sum);
      }
      for (f += both; f < endOfNext; f++) {
        next = Math.fma(value[f], v[index[f]], next);
      }
      to[at + i * step] = sum;
      to[at + (i + 1) * step] = next;
    }
  }

  private static void multiplyStrided(CsrWindow a, Dense v, Dense out, boolean isAdded) {
    for (int i = 0; i < a.rows(); i++) {
      double sum = isAdded ? out.data()[out.at(i)] : 0;
      for (int e = a.start(i); e < a.end(i); e++) {
        sum = Math.fma(a.value()[e], v.data()[v.at(a.index()[e])], sum);
      }
      out.data()[out.at(i)] = sum;
    }
  }

  /** Adds A' r. */
  static void addTransposed(CsrWindow a, Dense r, Dense sum) {
    if (isPlain(sum)) {
      int at = r.offset();
      double[] to = sum.data();
      spread(a.bounds(), a.from(), a.rows(), a.index(), a.value(), r.data(), at, r.stride(), to);
      return;
    }
    for (int i = 0; i < a.rows(); i++) {
      double factor = r.data()[r.at(i)];
      for (int e = a.start(i); e < a.end(i); e++) {
        int at = sum.at(a.index()[e]);
        sum.data()[at] = Math.fma(a.value()[e], factor, sum.data()[at]);
      }
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
      double[] sum) {
    int end = bound[first];
    for (int i = 0; i < rows; i++) {
      int from = end;
      end = bound[first + i + 1];
      double factor = r[at + i * step];
      for (int e = from; e < end; e++) {
        int j = index[e];
        sum[j] = Math.fma(value[e], factor, sum[j]);
      }
    }
  }

  /** Adds (A * A)' r. */
  static void addSquaresTransposed(CsrWindow a, Dense r, Dense sum) {
    int[] index = a.index();
    double[] value = a.value();
    double[] to = sum.data();
    for (int i = 0; i < a.rows(); i++) {
      double factor = r.data()[r.at(i)];
      int end = a.end(i);
      for (int e = a.start(i); e < end; e++) {
        int at = sum.at(index[e]);
        to[at] = Math.fma(value[e] * value[e], factor, to[at]);
      }
    }
  }
}
