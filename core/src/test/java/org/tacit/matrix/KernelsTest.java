package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sets of kernels against plain sums, for every tail of rows and columns. */
class KernelsTest {
  private static final double UNTOUCHED = 77;

  private final Random random = new Random(1);

  static List<Kernels> sets() {
    return List.of(new PlainKernels(), new VectorKernels());
  }

  /** A window of rows x cols at an odd offset and stride, in doubles that floats can hold. */
  private final class Window {
    private final int at = random.nextInt(4);
    private final int stride;
    private final float[] floats;
    private final double[] doubles;

    Window(int rows, int cols) {
      stride = cols + random.nextInt(4);
      floats = new float[at + rows * stride + 3];
      doubles = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = random.nextFloat() - 0.5f;
        doubles[i] = floats[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void multiplyIsTheSumOverColumns(Kernels kernels) {
    for (int cols = 0; cols <= 70; cols++) {
      int rows = cols % 11;
      Window x = new Window(rows, cols);
      double[] v = random.doubles(cols + 5, -1, 1).toArray();
      int step = 1 + cols % 3;
      double[] due = filled(5 + rows * step);
      for (int i = 0; i < rows; i++) {
        due[3 + i * step] = 0;
        for (int j = 0; j < cols; j++) {
          due[3 + i * step] += x.doubles[x.at + i * x.stride + j] * v[2 + j];
        }
      }
      double[] out = filled(due.length);
      kernels.multiply(x.doubles, x.at, x.stride, rows, cols, v, 2, out, 3, step);
      assertThat(out).containsExactly(due, within(1e-14));
      double[] outOfFloats = filled(due.length);
      kernels.multiply(x.floats, x.at, x.stride, rows, cols, v, 2, outOfFloats, 3, step);
      assertThat(outOfFloats).containsExactly(due, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void addScaledAddsAMultipleOfARow(Kernels kernels) {
    for (int cols = 0; cols <= 70; cols++) {
      Window x = new Window(1, cols);
      double[] due = filled(cols + 4);
      for (int j = 0; j < cols; j++) {
        due[1 + j] += -0.7 * x.doubles[x.at + j];
      }
      double[] sum = filled(due.length);
      kernels.addScaled(-0.7, x.doubles, x.at, sum, 1, cols);
      assertThat(sum).containsExactly(due, within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void addTransposedAddsTheSumOverRows(Kernels kernels) {
    for (int cols = 0; cols <= 70; cols++) {
      int rows = (3 * cols) % 11;
      Window x = new Window(rows, cols);
      int step = 1 + cols % 3;
      double[] r = random.doubles(2 + (long) rows * step, -1, 1).toArray();
      double[] due = filled(cols + 4);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
          due[1 + j] += x.doubles[x.at + i * x.stride + j] * r[1 + i * step];
        }
      }
      double[] sum = filled(due.length);
      kernels.addTransposed(x.doubles, x.at, x.stride, rows, cols, r, 1, step, sum, 1);
      assertThat(sum).containsExactly(due, within(1e-13));
      double[] sumOfFloats = filled(due.length);
      kernels.addTransposed(x.floats, x.at, x.stride, rows, cols, r, 1, step, sumOfFloats, 1);
      assertThat(sumOfFloats).containsExactly(due, within(1e-13));
    }
  }

  private static double[] filled(int length) {
    double[] array = new double[length];
    Arrays.fill(array, UNTOUCHED);
    return array;
  }
}
