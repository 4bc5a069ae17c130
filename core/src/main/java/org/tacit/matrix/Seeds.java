package org.tacit.matrix;

import java.util.Optional;

/**
 * A matrix B with at most one element in a column that is not zero, as unit vectors are and
 * multiples and parts of them: the seeds of a whole Jacobian. A product A B then copies columns of
 * A, at the cost of reading it. Other matrices show in their first rows that they are none.
 */
final class Seeds {
  private final int[] start;
  private final int[] row;
  private final int[] column;
  private final double[] value;

  private Seeds(Dense b) {
    this.start = new int[b.rows() + 1];
    this.row = new int[b.cols()];
    this.column = new int[b.cols()];
    this.value = new double[b.cols()];
  }

  /** B's elements; empty where a column has two. */
  static Optional<Seeds> of(Dense b) {
    return areIn(b) ? Optional.of(in(b)) : Optional.empty();
  }

  /** Takes no more memory than a row where it is none. */
  private static boolean areIn(Dense b) {
    boolean[] isTaken = new boolean[b.cols()];
    for (int k = 0; k < b.rows(); k++) {
      for (int j = 0; j < b.cols(); j++) {
        if (b.data()[b.at(k) + j] != 0) {
          if (isTaken[j]) {
            return false;
          }
          isTaken[j] = true;
        }
      }
    }
    return true;
  }

  private static Seeds in(Dense b) {
    Seeds seeds = new Seeds(b);
    int count = 0;
    for (int k = 0; k < b.rows(); k++) {
      for (int j = 0; j < b.cols(); j++) {
        double element = b.data()[b.at(k) + j];
        if (element != 0) {
          seeds.row[count] = k;
          seeds.column[count] = j;
          seeds.value[count++] = element;
        }
      }
      seeds.start[k + 1] = count;
    }
    return seeds;
  }

  /** Adds op(A) B to {@code out}. */
  void accumulate(Dense a, boolean transposeA, Dense out) {
    int down = transposeA ? 1 : a.stride();
    int across = transposeA ? a.stride() : 1;
    for (int i = 0; i < out.rows(); i++) {
      int from = a.offset() + i * down;
      int to = out.at(i);
      for (int e = 0; e < start[start.length - 1]; e++) {
        int at = to + column[e];
        out.data()[at] = Math.fma(a.data()[from + row[e] * across], value[e], out.data()[at]);
      }
    }
  }

  /** Adds op(A) B to {@code out}. */
  void accumulate(CsrWindow a, boolean transposeA, Dense out) {
    for (int i = 0; i < a.rows(); i++) {
      for (int e = a.start(i); e < a.end(i); e++) {
        int k = a.index()[e];
        int seed = transposeA ? i : k;
        int to = out.at(transposeA ? k : i);
        for (int s = start[seed]; s < start[seed + 1]; s++) {
          int at = to + column[s];
          out.data()[at] = Math.fma(a.value()[e], value[s], out.data()[at]);
        }
      }
    }
  }
}
