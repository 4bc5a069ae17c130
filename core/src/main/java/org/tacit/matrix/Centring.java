package org.tacit.matrix;

import java.util.Arrays;

/** Columns of a matrix less a number each, for every storage. */
public final class Centring {
  private Centring() {}

  /** Writes x_(i, at_k) - centre_k; {@code at} increases. */
  public static void of(Operand x, int[] at, Dense centre, Dense out) {
    double[] m = Arrays.copyOfRange(centre.data(), centre.offset(), centre.offset() + at.length);
    if (x instanceof CsrWindow sparse) {
      ofSparse(sparse, at, m, out);
    } else if (x instanceof FloatWindow floats) {
      for (int i = 0; i < out.rows(); i++) {
        int from = floats.at(i);
        int to = out.at(i);
        for (int k = 0; k < at.length; k++) {
          out.data()[to + k] = floats.data()[from + at[k]] - m[k];
        }
      }
    } else {
      ofDense((Dense) x, at, m, out);
    }
  }

  private static void ofDense(Dense x, int[] at, double[] m, Dense out) {
    double[] from = x.data();
    double[] to = out.data();
    boolean isRun = at.length > 0 && at[at.length - 1] - at[0] == at.length - 1;
    for (int i = 0; i < out.rows(); i++) {
      int o = out.at(i);
      int start = x.at(i);
      if (isRun) {
        int a = start + at[0];
        for (int k = 0; k < m.length; k++) {
          to[o + k] = from[a + k] - m[k];
        }
      } else {
        for (int k = 0; k < m.length; k++) {
          to[o + k] = from[start + at[k]] - m[k];
        }
      }
    }
  }

  private static void ofSparse(CsrWindow x, int[] at, double[] m, Dense out) {
    for (int i = 0; i < out.rows(); i++) {
      int o = out.at(i);
      for (int k = 0; k < m.length; k++) {
        out.data()[o + k] = -m[k];
      }
      for (int e = x.start(i); e < x.end(i); e++) {
        int k = Arrays.binarySearch(at, x.index()[e]);
        if (k >= 0) {
          out.data()[o + k] += x.value()[e];
        }
      }
    }
  }
}
