package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each set at every length of a row, of a that has one number a row, or one row for all. */
class PairsTest {
  private static final double[] SOME = {
    0, -0.0, 1, -3, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };

  private static final int ROWS = 3;
  private static final int UNTOUCHED = 7;

  private final Random random = new Random(5);

  /** One of the functions. */
  private interface Function {
    void run(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols);
  }

  static Stream<Pairs> sets() {
    return Stream.of(new VectorPairs(), new PlainPairs());
  }

  private Kernels.Strided operand(int cols, boolean isOneRow, boolean isOneColumn) {
    int width = (isOneColumn ? 1 : cols) + 2;
    int rows = isOneRow ? 1 : ROWS;
    int[] which = random.ints(1L + (long) rows * width, 0, SOME.length).toArray();
    double[] data = Arrays.stream(which).mapToDouble(k -> SOME[k]).toArray();
    return new Kernels.Strided(data, 1, isOneRow ? 0 : width, isOneColumn ? 0 : 1);
  }

  private static double at(Kernels.Strided x, int i, int j) {
    return x.data()[x.at() + i * x.row() + j * x.col()];
  }

  private void check(Function function, DoubleBinaryOperator due) {
    for (int cols = 0; cols <= 70; cols++) {
      for (int shape = 0; shape < 8; shape++) {
        Kernels.Strided a = operand(cols, (shape & 1) > 0, (shape & 2) > 0);
        Kernels.Strided b = operand(cols, (shape & 4) > 0, false);
        int row = cols + 1;
        double[] out = new double[2 + ROWS * row];
        Arrays.fill(out, UNTOUCHED);
        double[] expected = out.clone();
        for (int i = 0; i < ROWS; i++) {
          for (int j = 0; j < cols; j++) {
            expected[2 + i * row + j] = due.applyAsDouble(at(a, i, j), at(b, i, j));
          }
        }
        function.run(a, b, new Kernels.Strided(out, 2, row, 1), ROWS, cols);
        assertThat(bits(out)).containsExactly(bits(expected));
      }
    }
  }

  private static long[] bits(double[] x) {
    return IntStream.range(0, x.length).mapToLong(i -> Double.doubleToLongBits(x[i])).toArray();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void numbersAreMultiplied(Pairs pairs) {
    check(pairs::times, (x, y) -> x * y);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void equalNumbersAreTold(Pairs pairs) {
    check(pairs::equal, (x, y) -> x == y ? 1 : 0);
    check(pairs::unequal, (x, y) -> x == y ? 0 : 1);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void numbersAreWeighed(Pairs pairs) {
    for (int cols = 1; cols <= 40; cols++) {
      for (boolean isEqual : new boolean[] {true, false}) {
        Kernels.Strided x = operand(cols, false, false);
        double[] b = random.doubles(cols, -1, 1).toArray();
        double[] a = random.doubles(ROWS, -1, 1).toArray();
        double[] columnKey = random.ints(cols, 0, 3).asDoubleStream().toArray();
        double[] rowKey = {0, Double.NaN, 2};
        double[] out = new double[2 + ROWS * (cols + 1)];
        Arrays.fill(out, UNTOUCHED);
        double[] expected = out.clone();
        for (int i = 0; i < ROWS; i++) {
          for (int j = 0; j < cols; j++) {
            double mask = (rowKey[i] == columnKey[j]) == isEqual ? 1 : 0;
            expected[2 + i * (cols + 1) + j] = at(x, i, j) * b[j] * a[i] * mask;
          }
        }
        var weights = new Pairs.Weights(b, columnKey, a, rowKey, isEqual);
        pairs.weigh(x, weights, new Kernels.Strided(out, 2, cols + 1, 1), ROWS, cols);
        assertThat(bits(out)).containsExactly(bits(expected));
      }
    }
  }
}
