package org.tacit.primitive;

import java.util.Arrays;
import org.tacit.matrix.Dense;

/**
 * An operand of an elementwise function of several, as one run of numbers for each run of rows of
 * the output: stretched where it has one row or one column, so that loops are long and alike.
 */
final class Stretched {
  private static final int NARROW = 32;
  private static final int TOGETHER = 4;

  private final Dense x;
  private final int cols;
  private final boolean isDirect;
  private final double[] side;
  private int at;

  /** {@code x} for an output of which {@code height} rows are taken at a time. */
  Stretched(Dense x, Dense output, int height) {
    this.x = x;
    this.cols = output.cols();
    boolean isRun = x.rows() == output.rows() && x.isContiguous();
    this.isDirect = x.cols() == cols && (height == 1 || isRun);
    this.side = isDirect ? x.data() : new double[height * cols + TOGETHER - 1];
    if (!isDirect && x.rows() == 1) {
      fill(0, height);
    }
  }

  /** Goes to rows {@code first} to {@code first + count} of the output. */
  void place(int first, int count) {
    if (isDirect) {
      at = x.at(x.rows() == 1 ? 0 : first);
    } else if (x.rows() > 1) {
      fill(first, count);
    }
  }

  private void fill(int first, int count) {
    int step = x.rows() == 1 ? 0 : x.stride();
    int from = x.at(x.rows() == 1 ? 0 : first);
    if (x.cols() == 1 && cols < NARROW) {
      fillNarrow(x.data(), from, step, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      if (x.cols() == 1) {
        Arrays.fill(side, i * cols, (i + 1) * cols, x.data()[from + i * step]);
      } else {
        System.arraycopy(x.data(), from + i * step, side, i * cols, cols);
      }
    }
  }

  /** Four at a time: what goes beyond a row's end is written again by the next row. */
  private void fillNarrow(double[] data, int from, int step, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      double value = data[from + i * step];
      int end = start + cols;
      for (int at = start; at < end; at += TOGETHER) {
        side[at] = value;
        side[at + 1] = value;
        side[at + 2] = value;
        side[at + 3] = value;
      }
      start = end;
    }
  }

  double[] data() {
    return side;
  }

  /** Where the run begins in {@link #data}. */
  int at() {
    return at;
  }
}
