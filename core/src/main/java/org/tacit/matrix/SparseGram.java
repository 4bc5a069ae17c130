package org.tacit.matrix;

/**
 * Gram matrices of sparse rows, in loops on arrays alone: a call for the bounds of a row costs more
 * than a short row's products.
 */
final class SparseGram {
  private SparseGram() {}

  /** Adds X' diag(w) X to the upper triangle of {@code out}. */
  static void add(CsrWindow x, Dense w, Dense out) {
    int[] bound = x.bounds();
    int first = x.from();
    int[] index = x.index();
    double[] weights = w.data();
    int end = bound[first];
    for (int i = 0; i < x.rows(); i++) {
      int from = end;
      end = bound[first + i + 1];
      double weight = weights[w.at(i)];
      if (isAscending(index, from, end)) {
        addAscending(from, end, index, x.value(), weight, out.data(), out.offset(), out.stride());
      } else {
        addUnordered(from, end, x, weight, out);
      }
    }
  }

  private static boolean isAscending(int[] index, int from, int to) {
    for (int e = from + 1; e < to; e++) {
      if (index[e] <= index[e - 1]) {
        return false;
      }
    }
    return true;
  }

  private static void addAscending(
      int from,
      int end,
      int[] index,
      double[] value,
      double weight,
      double[] to,
      int at,
      int stride) {
    for (int e = from; e < end; e++) {
      double scaled = value[e] * weight;
      int row = at + index[e] * stride;
      for (int k = e; k < end; k++) {
        int j = row + index[k];
        to[j] = Math.fma(scaled, value[k], to[j]);
      }
    }
  }

  private static void addUnordered(int from, int end, CsrWindow x, double weight, Dense out) {
    int[] index = x.index();
    double[] value = x.value();
    double[] to = out.data();
    for (int e = from; e < end; e++) {
      double scaled = value[e] * weight;
      int row = out.at(index[e]);
      for (int k = from; k < end; k++) {
        if (index[k] >= index[e]) {
          to[row + index[k]] = Math.fma(scaled, value[k], to[row + index[k]]);
        }
      }
    }
  }
}
