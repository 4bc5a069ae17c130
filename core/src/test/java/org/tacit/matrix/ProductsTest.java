package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products by the kernels of large jobs, whatever ran before, against plain sums: every storage,
 * every transposition, windows inside larger arrays, sizes from nothing to beyond the switch to
 * dgemm.
 */
class ProductsTest {
  private static final int[][] SIZES = {
    {0, 3, 2},
    {3, 0, 2},
    {1, 1, 1},
    {5, 7, 1},
    {1, 7, 5},
    {7, 1, 5},
    {4, 9, 3},
    {19, 20, 20},
    {20, 20, 20},
    {21, 20, 20},
    {1, 90, 90},
    {90, 90, 1},
    {64, 33, 17},
    {67, 130, 5},
    {130, 67, 4}
  };

  @BeforeAll
  static void warmUp() {
    assertThat(Kernels.of(1L << 40)).isSameAs(Kernels.BEST);
  }

  private final Random random = new Random(3);

  @TestFactory
  Stream<DynamicTest> productsAreSums() {
    return Arrays.stream(Storage.values())
        .flatMap(
            storage ->
                Stream.of("A B", "A B'", "A' B", "A' B'")
                    .map(
                        form ->
                            DynamicTest.dynamicTest(
                                storage + " " + form,
                                () -> {
                                  for (int[] size : SIZES) {
                                    check(
                                        storage, size, form.startsWith("A'"), form.endsWith("B'"));
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> productsWithTheIdentityAreCopies() {
    return Stream.of(Storage.DENSE, Storage.CSR)
        .flatMap(
            storage ->
                Stream.of(1, 30, 64)
                    .map(
                        n ->
                            DynamicTest.dynamicTest(
                                storage + " of order " + n, () -> checkIdentity(storage, n))));
  }

  private void checkIdentity(Storage storage, int n) {
    Dense identity = dense(n, n);
    Matrix.identity(n).window().copyTo(identity);
    check(operand(storage, 40, n), 40, false, identity, false);
    check(operand(storage, n, 40), 40, true, identity, true);
    identity.data()[identity.at(n - 1)] = 2;
    check(operand(storage, 40, n), 40, false, identity, false);
  }

  /** Unit vectors times numbers, some zero, some of one row, between columns of zeros. */
  @TestFactory
  Stream<DynamicTest> productsWithMultiplesOfUnitVectorsCopyColumns() {
    return Stream.of(Storage.DENSE, Storage.FLOAT, Storage.CSR)
        .flatMap(
            storage ->
                Stream.of(2, 30, 64)
                    .map(
                        n ->
                            DynamicTest.dynamicTest(
                                storage + " of order " + n, () -> checkSeeds(storage, n))));
  }

  private void checkSeeds(Storage storage, int n) {
    Dense seeds = dense(n, 2 * n + 3);
    seeds.fill(0);
    for (int j = 0; j < 2 * n; j++) {
      seeds.data()[seeds.at((j / 2 + 1) % n) + j] = j == 3 ? 0 : random.nextDouble() - 2;
    }
    check(operand(storage, 40, n), 40, false, seeds, false);
    check(operand(storage, n, 40), 40, true, seeds, false);
    seeds.data()[seeds.at(n - 1) + 1] += 1;
    seeds.data()[seeds.at(0) + 1] += 1;
    check(operand(storage, 40, n), 40, false, seeds, false);
  }

  @TestFactory
  Stream<DynamicTest> gramMatricesAreTheUpperTrianglesOfProducts() {
    return Arrays.stream(Storage.values())
        .filter(storage -> storage != Storage.KEY)
        .flatMap(
            storage ->
                Stream.of(0, 1, 15, 16, 17, 50)
                    .map(
                        p ->
                            DynamicTest.dynamicTest(
                                storage + " of order " + p, () -> checkGram(storage, 33, p))));
  }

  private void checkGram(Storage storage, int rows, int p) {
    Operand x = operand(storage, rows, p);
    Dense w = dense(rows, 1);
    Dense out = dense(p, p);
    double[] before = out.data().clone();
    Dense plain = Dense.zeros(rows, p);
    x.copyTo(plain);
    Products.accumulateGram(x, w, out);
    for (int j = 0; j < p; j++) {
      for (int k = j; k < p; k++) {
        double due = before[out.at(j) + k];
        for (int i = 0; i < rows; i++) {
          due += plain.data()[i * p + j] * w.data()[w.at(i)] * plain.data()[i * p + k];
        }
        assertThat(out.data()[out.at(j) + k]).isEqualTo(due, within(1e-12));
      }
    }
  }

  @Test
  void gramMatricesOfUnorderedSparseRowsAddWhatStandsTwice() {
    CsrColumn column =
        new CsrColumn(3, new int[] {0, 4}, new int[] {2, 0, 2, 1}, new double[] {1, 2, 3, 5});
    Operand x = column.cursor();
    x.place(0, 1);
    Dense out = Dense.zeros(3, 3);
    Products.accumulateGram(x, new Dense(new double[] {2}, 0, 1, 1, 1), out);
    assertThat(out.data()).containsExactly(8, 20, 16, 0, 50, 40, 0, 0, 32);
  }

  /** Whatever the size: to the bit, since what is computed beside others must not show it. */
  @TestFactory
  Stream<DynamicTest> aFewColumnsAreWhatEachIsAlone() {
    return Stream.of(Storage.DENSE, Storage.FLOAT, Storage.CSR)
        .flatMap(
            storage ->
                Stream.of(3, 8, 40)
                    .map(
                        p ->
                            DynamicTest.dynamicTest(
                                storage + " of " + p + " columns", () -> checkAlone(storage, p))));
  }

  private void checkAlone(Storage storage, int p) {
    for (int rows : new int[] {1, 2, 5, 70}) {
      for (int cols = 2; cols < Kernels.PARTS; cols++) {
        Operand x = operand(storage, rows, p);
        Dense v = dense(p, cols);
        Dense r = dense(rows, cols);
        Dense product = dense(rows, cols);
        Dense sum = dense(p, cols);
        double[] dueProduct = product.data().clone();
        double[] dueSum = sum.data().clone();
        for (int c = 0; c < cols; c++) {
          Matrix column = columnOf(v, v.data(), c);
          Dense alone = Dense.zeros(rows, 1);
          Products.multiply(x, false, column.window(), false, alone);
          for (int i = 0; i < rows; i++) {
            dueProduct[product.at(i) + c] = alone.data()[i];
          }
          Dense sumAlone = new Dense(columnOf(sum, dueSum, c).toArray(), 0, 1, p, 1);
          Products.accumulate(x, true, columnOf(r, r.data(), c).window(), false, sumAlone);
          for (int j = 0; j < p; j++) {
            dueSum[sum.at(j) + c] = sumAlone.data()[j];
          }
        }
        Products.multiply(x, false, v, false, product);
        Products.accumulate(x, true, r, false, sum);
        assertThat(product.data()).as(rows + " rows, " + cols).containsExactly(dueProduct);
        assertThat(sum.data()).as(rows + " rows, " + cols).containsExactly(dueSum);
      }
    }
  }

  private static Matrix columnOf(Dense x, double[] data, int c) {
    return Matrix.column(
        IntStream.range(0, x.rows()).mapToDouble(i -> data[x.at(i) + c]).toArray());
  }

  private void check(Storage storage, int[] size, boolean turnedA, boolean turnedB) {
    int inner = storage == Storage.KEY && !turnedA ? 1 : size[1];
    int rows = storage == Storage.KEY && turnedA ? 1 : size[0];
    Operand a = operand(storage, turnedA ? inner : rows, turnedA ? rows : inner);
    Dense b = dense(turnedB ? size[2] : inner, turnedB ? inner : size[2]);
    check(a, rows, turnedA, b, turnedB);
  }

  private void check(Operand a, int rows, boolean turnedA, Dense b, boolean turnedB) {
    int inner = turnedB ? b.cols() : b.rows();
    int cols = turnedB ? b.rows() : b.cols();
    Dense out = dense(rows, cols);
    double[] before = out.data().clone();
    Dense plain = Dense.zeros(a.rows(), a.cols());
    a.copyTo(plain);
    double[] sum = before.clone();
    double[] product = before.clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        double element = 0;
        for (int k = 0; k < inner; k++) {
          element += element(plain, turnedA, i, k) * element(b, turnedB, k, j);
        }
        sum[out.at(i) + j] += element;
        product[out.at(i) + j] = element;
      }
    }
    Products.accumulate(a, turnedA, b, turnedB, out);
    assertThat(out.data())
        .as(rows + " x " + inner + " x " + cols)
        .containsExactly(sum, within(1e-12));
    Products.multiply(a, turnedA, b, turnedB, out);
    assertThat(out.data())
        .as(rows + " x " + inner + " x " + cols)
        .containsExactly(product, within(1e-12));
  }

  private static double element(Dense x, boolean turned, int i, int j) {
    return turned ? x.data()[x.at(j) + i] : x.data()[x.at(i) + j];
  }

  /** A window inside a larger array; a single column has stride 1 as often as not. */
  private Dense dense(int rows, int cols) {
    int stride = cols + random.nextInt(3);
    int offset = random.nextInt(4);
    double[] data = random.doubles(offset + (long) rows * stride + 2, -1, 1).toArray();
    return new Dense(data, offset, stride, rows, cols);
  }

  /** A window that starts below the first row of a column. */
  private Operand operand(Storage storage, int rows, int cols) {
    int above = random.nextInt(3);
    int all = above + rows + random.nextInt(3);
    float[] floats = new float[all * cols];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextBoolean() ? 0 : random.nextFloat() - 0.5f;
    }
    Column column =
        switch (storage) {
          case DENSE -> null;
          case FLOAT -> new FloatColumn(all, cols, floats);
          case CSR -> sparse(all, cols, floats);
          case KEY -> new KeyColumn(random.ints(all, 0, 9).toArray());
        };
    if (column == null) {
      return dense(rows, cols);
    }
    Operand cursor = column.cursor();
    cursor.place(above, rows);
    return cursor;
  }

  private static CsrColumn sparse(int rows, int cols, float[] elements) {
    int[] rowStart = new int[rows + 1];
    int[] index = new int[elements.length];
    double[] value = new double[elements.length];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        if (elements[i * cols + j] != 0) {
          index[count] = j;
          value[count++] = elements[i * cols + j];
        }
      }
      rowStart[i + 1] = count;
    }
    return new CsrColumn(cols, rowStart, index, value);
  }

  /** Nothing beside the result is written, and every column has the bits that it has alone. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 20, 31, 32, 33, 47, 100})
  void productsWithPaddedColumnsAreThoseOfEachAlone(int cols) {
    for (int rows : new int[] {0, 1, 2, 3, 4, 9, 40}) {
      Operand x = operand(Storage.CSR, rows, 11);
      Dense v = Dense.padded(11, cols);
      dense(11, cols).copyTo(v);
      assertThat(v.isPadded()).isEqualTo(v.stride() > cols);
      double[] data = random.doubles((rows + 2L) * cols, -1, 1).toArray();
      double[] before = data.clone();
      Dense out = new Dense(data, cols, cols, rows, cols);
      Products.multiply(x, false, v, false, out);
      assertThat(data).startsWith(Arrays.copyOf(before, cols));
      assertThat(data).endsWith(Arrays.copyOfRange(before, (rows + 1) * cols, before.length));
      Dense sum = Dense.padded(11, cols);
      dense(11, cols).copyTo(sum);
      Matrix start = sum.toMatrix();
      Products.accumulate(x, true, out, false, sum);
      for (int c = 0; c < cols; c++) {
        Dense alone = Dense.zeros(rows, 1);
        Products.multiply(x, false, v.toMatrix().columnAt(c).window(), false, alone);
        assertThat(out.toMatrix().columnAt(c)).isEqualTo(alone.toMatrix());
        Dense sumAlone = Dense.zeros(11, 1);
        start.columnAt(c).window().copyTo(sumAlone);
        Products.accumulate(x, true, alone, false, sumAlone);
        assertThat(sum.toMatrix().columnAt(c)).isEqualTo(sumAlone.toMatrix());
      }
    }
  }

  /** A run of floats becomes doubles once, whatever reads it, and products are those of doubles. */
  @Test
  void wideProductsOfFloatsAreThoseOfTheSameDoubles() {
    float[] floats = new float[90 * 40];
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) random.nextGaussian();
      doubles[i] = floats[i];
    }
    FloatColumn column = new FloatColumn(90, 40, floats);
    FloatWindow window = (FloatWindow) column.cursor();
    Dense b = Matrix.adopting(40, 30, random.doubles(1200, -1, 1).toArray()).window();
    Dense c = Matrix.adopting(30, 30, random.doubles(900, -1, 1).toArray()).window();
    for (int from : new int[] {0, 30, 60}) {
      window.place(from, 30);
      Dense same = new Dense(doubles, from * 40, 40, 30, 40);
      assertThat(product(window, false, b, 30)).isEqualTo(product(same, false, b, 30));
      double[] wide = window.dense().data();
      assertThat(product(window, true, c, 40)).isEqualTo(product(same, true, c, 40));
      assertThat(window.dense().data()).isSameAs(wide);
      assertThat(wide).startsWith(Arrays.copyOfRange(doubles, from * 40, (from + 30) * 40));
    }
  }

  private static Matrix product(Operand a, boolean transposeA, Dense b, int rows) {
    Dense out = Dense.zeros(rows, b.cols());
    Products.accumulate(a, transposeA, b, false, out);
    return out.toMatrix();
  }
}
