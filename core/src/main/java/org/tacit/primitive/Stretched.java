package org.tacit.primitive;

import java.util.Arrays;
import org.tacit.matrix.Dense;

/**
 * An operand of an elementwise function of several, as one run of numbers for each run of rows of
 * the output: stretched where it has one row or one column, so that loops are long and alike.
 */
final class Stretched {
  private static final int NARROW = 16;

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
    this.side = isDirect ? x.data() : new double[height * cols];
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
      double[] data = x.data();
      for (int j = 0; j < cols; j++) {
        for (int i = 0; i < count; i++) {
          side[i * cols + j] = data[from + i * step];
        }
      }
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

  double[] data() {
    return side;
  }

  /** Where the run begins in {@link #data}. */
  int at() {
    return at;
  }
}
