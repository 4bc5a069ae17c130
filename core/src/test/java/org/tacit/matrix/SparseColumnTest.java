package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of sparse rows with a column are the sums of their terms in order, to the last bit. */
class SparseColumnTest {
  private static final int FEATURES = 60;

  private final Random random = new Random(8);

  /** Rows of uneven length, none at times, the first of which are not in the window. */
  private CsrWindow rows(int rows, int longest) {
    int[] start = new int[rows + 3];
    for (int i = 1; i < start.length; i++) {
      start[i] = start[i - 1] + (i % 7 == 3 ? 0 : random.nextInt(longest / 2, longest));
    }
    int[] index = random.ints(start[rows + 2], 0, FEATURES).toArray();
    CsrWindow window =
        new CsrWindow(
            new CsrColumn(FEATURES, start, index, random.doubles(index.length, -1, 1).toArray()));
    window.place(2, rows);
    return window;
  }

  private Dense column(int rows, int offset, int stride) {
    double[] data = random.doubles(offset + (long) rows * stride + 1, -1, 1).toArray();
    return new Dense(data, offset, stride, rows, 1);
  }

  @ParameterizedTest
  @CsvSource({"0, 9", "1, 9", "8, 9", "9, 9", "1, 90", "8, 90", "9, 90"})
  void sumsAreInOrder(int rows, int longest) {
    CsrWindow a = rows(rows, longest);
    for (int[] layout : new int[][] {{0, 1}, {3, 1}, {0, 2}, {2, 3}}) {
      check(a, layout[0], layout[1]);
    }
  }

  private void check(CsrWindow a, int offset, int stride) {
    Dense v = column(FEATURES, offset, stride);
    Dense out = column(a.rows(), offset, stride);
    for (boolean isAdded : new boolean[] {false, true}) {
      double[] due = out.data().clone();
      for (int i = 0; i < a.rows(); i++) {
        double sum = isAdded ? due[out.at(i)] : 0;
        for (int e = a.start(i); e < a.end(i); e++) {
          sum = Math.fma(a.value()[e], v.data()[v.at(a.index()[e])], sum);
        }
        due[out.at(i)] = sum;
      }
      SparseColumn.multiply(a, v, out, isAdded);
      assertThat(out.data()).isEqualTo(due);
    }
    checkTransposed(a, v, out, false);
    checkTransposed(a, v, out, true);
  }

  private static void checkTransposed(CsrWindow a, Dense sum, Dense r, boolean isOfSquares) {
    double[] due = sum.data().clone();
    for (int i = 0; i < a.rows(); i++) {
      for (int e = a.start(i); e < a.end(i); e++) {
        double element = a.value()[e];
        double factor = isOfSquares ? element * element : element;
        int at = sum.at(a.index()[e]);
        due[at] = Math.fma(factor, r.data()[r.at(i)], due[at]);
      }
    }
    if (isOfSquares) {
      SparseColumn.addSquaresTransposed(a, r, sum);
    } else {
      SparseColumn.addTransposed(a, r, sum);
    }
    assertThat(sum.data()).isEqualTo(due);
  }
}
