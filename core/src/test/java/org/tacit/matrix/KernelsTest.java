package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
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

    private final int rows;
    private final int cols;

    Window(int rows, int cols) {
      this.rows = rows;
      this.cols = cols;
      stride = cols + random.nextInt(4);
      floats = new float[at + rows * stride + 3];
      doubles = new double[floats.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = random.nextFloat() - 0.5f;
        doubles[i] = floats[i];
      }
    }

    Dense dense() {
      return new Dense(doubles, at, stride, rows, cols);
    }

    Kernels.Floats floats() {
      return new Kernels.Floats(floats, at, stride, rows, cols);
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
      kernels.multiply(x.dense(), new Dense(v, 2, 1, cols, 1), new Dense(out, 3, step, rows, 1));
      assertThat(out).containsExactly(due, within(1e-14));
      double[] outOfFloats = filled(due.length);
      kernels.multiply(
          x.floats(), new Dense(v, 2, 1, cols, 1), new Dense(outOfFloats, 3, step, rows, 1));
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

  /** Rows of 0 to 6 elements, each product bit for bit the sum in the order of its terms. */
  @ParameterizedTest
  @MethodSource("sets")
  void sparseProductsAreSumsInTheOrderOfTheirTerms(Kernels kernels) {
    int n = 9;
    int p = 7;
    int[] start = new int[n + 1];
    for (int i = 0; i < n; i++) {
      start[i + 1] = start[i] + i % p;
    }
    int[] index = random.ints(start[n], 0, p).toArray();
    double[] value = random.doubles(start[n], -1, 1).toArray();
    CsrWindow a = ((CsrWindow) Column.sparse(p, start, index, value).cursor()).window(2, n - 2);
    for (int cols = 2; cols <= 70; cols++) {
      Window w = new Window(p, cols);
      Window r = new Window(a.rows(), cols);
      double[] forward = filled(3 + a.rows() * (cols + 1));
      double[] back = filled(3 + p * (cols + 2));
      double[] dueForward = forward.clone();
      double[] dueBack = back.clone();
      for (int i = 0; i < a.rows(); i++) {
        for (int e = a.start(i); e < a.end(i); e++) {
          for (int j = 0; j < cols; j++) {
            int to = 1 + i * (cols + 1) + j;
            double element = w.doubles[w.at + index[e] * w.stride + j];
            dueForward[to] = Math.fma(value[e], element, dueForward[to]);
            int toBack = 2 + index[e] * (cols + 2) + j;
            double factor = r.doubles[r.at + i * r.stride + j];
            dueBack[toBack] = Math.fma(value[e], factor, dueBack[toBack]);
          }
        }
      }
      kernels.addProduct(a, w.dense(), new Dense(forward, 1, cols + 1, a.rows(), cols));
      kernels.addTransposedProduct(a, r.dense(), new Dense(back, 2, cols + 2, p, cols));
      assertThat(forward).containsExactly(dueForward);
      assertThat(back).containsExactly(dueBack);
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
      kernels.addTransposed(
          x.dense(), new Dense(r, 1, step, rows, 1), new Dense(sum, 1, 1, cols, 1));
      assertThat(sum).containsExactly(due, within(1e-13));
      double[] sumOfFloats = filled(due.length);
      kernels.addTransposed(
          x.floats(), new Dense(r, 1, step, rows, 1), new Dense(sumOfFloats, 1, 1, cols, 1));
      assertThat(sumOfFloats).containsExactly(due, within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void addProductAddsTheSumOverTheInnerIndex(Kernels kernels) {
    for (int cols = 0; cols <= 40; cols++) {
      for (boolean isTransposed : new boolean[] {false, true}) {
        Product product = new Product((5 * cols) % 11, (3 * cols) % 13, cols, isTransposed);
        assertThat(product.by(kernels)).containsExactly(product.due(), within(1e-13));
      }
    }
  }

  /** A product of random windows, added to random numbers. */
  private final class Product {
    private final int rows;
    private final int inner;
    private final int cols;
    private final int aRow;
    private final int aCol;
    private final Window b;
    private final double[] a;
    private final double[] before;

    Product(int rows, int inner, int cols, boolean isTransposed) {
      this.rows = rows;
      this.inner = inner;
      this.cols = cols;
      this.aRow = isTransposed ? 1 : inner + 2;
      this.aCol = isTransposed ? rows + 1 : 1;
      this.b = new Window(inner, cols);
      this.a = random.doubles(3 + (rows + 2L) * (inner + 2L), -1, 1).toArray();
      this.before = random.doubles(2 + rows * (cols + 1L), -1, 1).toArray();
    }

    double[] by(Kernels kernels) {
      double[] out = before.clone();
      kernels.addProduct(
          new Kernels.Strided(a, 3, aRow, aCol),
          new Kernels.Strided(b.doubles, b.at, b.stride, 1),
          new Kernels.Strided(out, 2, cols + 1, 1),
          rows,
          inner,
          cols);
      return out;
    }

    double[] due() {
      double[] out = before.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < cols; j++) {
          for (int k = 0; k < inner; k++) {
            out[2 + i * (cols + 1) + j] +=
                a[3 + i * aRow + k * aCol] * b.doubles[b.at + k * b.stride + j];
          }
        }
      }
      return out;
    }
  }

  @Test
  void bothSetsGiveTheSameBits() {
    Kernels plain = new PlainKernels();
    Kernels vector = new VectorKernels();
    for (int cols = 0; cols <= 70; cols++) {
      int rows = (3 * cols) % 11;
      Window x = new Window(rows, cols);
      double[] v = random.doubles(cols, -1, 1).toArray();
      double[] r = random.doubles(rows, -1, 1).toArray();
      double[] start = random.doubles(cols, -1, 1).toArray();
      List<double[]> found = new ArrayList<>();
      Product product = new Product(rows, (7 * cols) % 17, cols, cols % 2 == 0);
      for (Kernels kernels : List.of(plain, vector)) {
        double[] times = new double[rows];
        kernels.multiply(x.dense(), new Dense(v, 0, 1, cols, 1), new Dense(times, 0, 1, rows, 1));
        found.add(times);
        double[] timesFloats = new double[rows];
        kernels.multiply(
            x.floats(), new Dense(v, 0, 1, cols, 1), new Dense(timesFloats, 0, 1, rows, 1));
        found.add(timesFloats);
        double[] sum = start.clone();
        kernels.addTransposed(
            x.dense(), new Dense(r, 0, 1, rows, 1), new Dense(sum, 0, 1, cols, 1));
        kernels.addTransposed(
            x.floats(), new Dense(r, 0, 1, rows, 1), new Dense(sum, 0, 1, cols, 1));
        kernels.addScaled(0.3, v, 0, sum, 0, cols);
        found.add(sum);
        found.add(product.by(kernels));
      }
      for (int k = 0; k < found.size() / 2; k++) {
        assertThat(found.get(k + found.size() / 2)).containsExactly(found.get(k));
      }
    }
  }

  @Test
  void narrowProductsOfWideRowsHaveTheBitsOfPlainOnes() {
    for (int cols = 1; cols <= 9; cols++) {
      for (int inner = 0; inner <= 9; inner++) {
        for (boolean isTransposed : new boolean[] {false, true}) {
          Product product = new Product(40 + inner, inner, cols, isTransposed);
          assertThat(product.by(new VectorKernels()))
              .containsExactly(product.by(new PlainKernels()));
          assertThat(product.by(new VectorKernels())).containsExactly(product.due(), within(1e-13));
        }
      }
    }
  }

  /**
   * Sums of two classes of vectors of one length in a process are made objects, ten times slower;
   * the dgemm that Spark ML runs beside us has one class already.
   */
  @Test
  void vectorsAreOfTheClassOfThoseOfNetlib() throws ReflectiveOperationException {
    Field ours = VectorKernels.class.getDeclaredField("S");
    Field theirs = Class.forName("dev.ludovic.netlib.blas.VectorBLAS").getDeclaredField("DMAX");
    theirs.setAccessible(true);
    Object species = theirs.get(null);
    int lanes =
        (int)
            Class.forName("jdk.incubator.vector.VectorSpecies").getMethod("length").invoke(species);
    assertThat(lanes > Kernels.PARTS || ours.get(null) == species)
        .as("%s, not %s of %s lanes", ours.get(null), species, lanes)
        .isTrue();
  }

  /** Short rows and long ones, one row and some more, up to one column below the parts of a sum. */
  @ParameterizedTest
  @MethodSource("sets")
  void columnsOfAProductAreThoseOfProductsWithOne(Kernels kernels) {
    Kernels plain = new PlainKernels();
    for (int p : new int[] {0, 1, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100}) {
      for (int rows : new int[] {0, 1, 3, 4, 7, 8, 9, 12, 30}) {
        Window x = new Window(rows, p);
        for (int cols = 0; cols < Kernels.PARTS; cols++) {
          Window v = new Window(p, cols);
          int stride = cols + 2;
          double[] due = filled(3 + rows * stride);
          for (int c = 0; c < cols; c++) {
            double[] column = new double[p];
            for (int k = 0; k < p; k++) {
              column[k] = v.doubles[v.at + k * v.stride + c];
            }
            double[] alone = new double[rows];
            plain.multiply(
                x.dense(), new Dense(column, 0, 1, p, 1), new Dense(alone, 0, 1, rows, 1));
            for (int i = 0; i < rows; i++) {
              due[2 + i * stride + c] = alone[i];
            }
          }
          double[] out = filled(due.length);
          kernels.multiply(x.dense(), v.dense(), new Dense(out, 2, stride, rows, cols));
          assertThat(out).as(rows + " x " + p + " x " + cols).containsExactly(due);
        }
      }
    }
  }

  /** The last row may be the last of its array. */
  @ParameterizedTest
  @MethodSource("sets")
  void columnsOfATransposedProductAreThoseOfProductsWithOne(Kernels kernels) {
    for (int p : new int[] {1, 2, 7, 8, 9, 16, 17, 33, 100}) {
      for (int rows : new int[] {0, 1, 3, 4, 7, 8, 13, 30}) {
        Window x = new Window(rows, p);
        int beyond = rows == 0 ? 0 : x.at + (rows - 1) * x.stride + p;
        double[] exact = Arrays.copyOf(x.doubles, beyond);
        for (int cols = 1; cols <= 17; cols++) {
          Window r = new Window(rows, cols);
          int stride = cols + 1;
          double[] due = random.doubles(2L + (long) p * stride, -1, 1).toArray();
          double[] sum = due.clone();
          for (int c = 0; c < cols; c++) {
            double[] alone = new double[p];
            for (int j = 0; j < p; j++) {
              alone[j] = due[1 + j * stride + c];
            }
            new PlainKernels()
                .addTransposed(
                    x.dense(),
                    new Dense(r.doubles, r.at + c, r.stride, rows, 1),
                    new Dense(alone, 0, 1, p, 1));
            for (int j = 0; j < p; j++) {
              due[1 + j * stride + c] = alone[j];
            }
          }
          kernels.addProduct(
              new Kernels.Strided(exact, x.at, 1, x.stride),
              new Kernels.Strided(r.doubles, r.at, r.stride, 1),
              new Kernels.Strided(sum, 1, stride, 1),
              p,
              rows,
              cols);
          assertThat(sum).as(rows + " x " + p + " x " + cols).containsExactly(due);
        }
      }
    }
  }

  private static double[] filled(int length) {
    double[] array = new double[length];
    Arrays.fill(array, UNTOUCHED);
    return array;
  }
}
