package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API, eight rows at a time so that v and the sum are loaded once for
 * eight rows, and products by tiles of four rows and two vectors, which stay in registers. Where a
 * vector has fewer lanes than a sum has parts, rows are read once for each vector of parts.
 */
final class VectorKernels implements Kernels {
  /**
   * The species that the dgemm of netlib, which Spark ML uses, takes too. Vectors of another class
   * in the same process, if of the same length, would leave the compiler in doubt which one a sum
   * is at the end of a loop, and it would make an object of each.
   */
  static final VectorSpecies<Double> S =
      DoubleVector.SPECIES_MAX.length() <= PARTS
          ? DoubleVector.SPECIES_MAX
          : VectorSpecies.of(double.class, VectorShape.forBitSize(PARTS * Double.SIZE));

  private static final int LANES = S.length();
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

  /** Rows of a product at a time. */
  private static final int TALL = 4;

  /** Numbers of a line of the cache, and of a tile that stays in its second level. */
  private static final int LINE = 8;

  /** Lines at a time. */
  private static final int LINES = 4;

  private static final int FETCHED = 1 << 15;

  /** For rows of one vector, whose parts would take longer to add than to make. */
  private static final Kernels NARROW = new PlainKernels();

  @Override
  public String description() {
    return "vector, " + LANES + " lanes of doubles";
  }

  @Override
  public void multiply(Dense matrix, Dense vector, Dense product) {
    if (vector.cols() != 1 || vector.stride() != 1) {
      ColumnProducts.multiply(matrix, vector, product);
      return;
    }
    double[] x = matrix.data();
    int at = matrix.offset();
    int stride = matrix.stride();
    int rows = matrix.rows();
    int cols = matrix.cols();
    double[] v = vector.data();
    int vAt = vector.offset();
    double[] out = product.data();
    int outAt = product.offset();
    int outStride = product.stride();
    if (cols < 2 * PARTS) {
      NARROW.multiply(matrix, vector, product);
      return;
    }
    int bound = cols - cols % PARTS;
    double[] parts = new double[8 * PARTS];
    double[] rests = new double[8];
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int a = at + i * stride;
      for (int part = 0; part < PARTS; part += LANES) {
        eightRows(x, a + part, stride, v, vAt + part, bound, parts, part);
      }
      eightRests(x, a, stride, v, vAt, bound, cols, rests);
      for (int k = 0; k < 8; k++) {
        out[outAt + (i + k) * outStride] = sum(parts, k * PARTS) + rests[k];
      }
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      for (int part = 0; part < PARTS; part += LANES) {
        oneRow(x, a + part, v, vAt + part, bound, parts, part);
      }
      out[outAt + i * outStride] = sum(parts, 0) + rest(x, a, v, vAt, bound, cols);
    }
  }

  /** A vector of partial sums of each of eight rows, over every PARTS-th element. */
  private static void eightRows(
      double[] x, int at, int stride, double[] v, int vAt, int bound, double[] parts, int part) {
    int a = at;
    int b = a + stride;
    int c = b + stride;
    int d = c + stride;
    int e = d + stride;
    int f = e + stride;
    int g = f + stride;
    int h = g + stride;
    DoubleVector sumA = DoubleVector.broadcast(S, 0);
    DoubleVector sumB = DoubleVector.broadcast(S, 0);
    DoubleVector sumC = DoubleVector.broadcast(S, 0);
    DoubleVector sumD = DoubleVector.broadcast(S, 0);
    DoubleVector sumE = DoubleVector.broadcast(S, 0);
    DoubleVector sumF = DoubleVector.broadcast(S, 0);
    DoubleVector sumG = DoubleVector.broadcast(S, 0);
    DoubleVector sumH = DoubleVector.broadcast(S, 0);
    for (int j = 0; j < bound; j += PARTS) {
      DoubleVector w = DoubleVector.fromArray(S, v, vAt + j);
      sumA = DoubleVector.fromArray(S, x, a + j).fma(w, sumA);
      sumB = DoubleVector.fromArray(S, x, b + j).fma(w, sumB);
      sumC = DoubleVector.fromArray(S, x, c + j).fma(w, sumC);
      sumD = DoubleVector.fromArray(S, x, d + j).fma(w, sumD);
      sumE = DoubleVector.fromArray(S, x, e + j).fma(w, sumE);
      sumF = DoubleVector.fromArray(S, x, f + j).fma(w, sumF);
      sumG = DoubleVector.fromArray(S, x, g + j).fma(w, sumG);
      sumH = DoubleVector.fromArray(S, x, h + j).fma(w, sumH);
    }
    sumA.intoArray(parts, 0 * PARTS + part);
    sumB.intoArray(parts, 1 * PARTS + part);
    sumC.intoArray(parts, 2 * PARTS + part);
    sumD.intoArray(parts, 3 * PARTS + part);
    sumE.intoArray(parts, 4 * PARTS + part);
    sumF.intoArray(parts, 5 * PARTS + part);
    sumG.intoArray(parts, 6 * PARTS + part);
    sumH.intoArray(parts, 7 * PARTS + part);
  }

  private static void oneRow(
      double[] x, int at, double[] v, int vAt, int bound, double[] parts, int part) {
    DoubleVector sum = DoubleVector.broadcast(S, 0);
    for (int j = 0; j < bound; j += PARTS) {
      sum = DoubleVector.fromArray(S, x, at + j).fma(DoubleVector.fromArray(S, v, vAt + j), sum);
    }
    sum.intoArray(parts, part);
  }

  static double sum(double[] parts, int at) {
    double sum = 0;
    for (int k = 0; k < PARTS; k++) {
      sum += parts[at + k];
    }
    return sum;
  }

  /** The part of x . v from element {@code from} on, where no whole vector is left. */
  private static double rest(double[] x, int at, double[] v, int vAt, int from, int cols) {
    double sum = 0;
    for (int j = from; j < cols; j++) {
      sum = Math.fma(x[at + j], v[vAt + j], sum);
    }
    return sum;
  }

  /** The same of eight rows: one short loop costs as much as its numbers. */
  private static void eightRests(
      double[] x, int at, int stride, double[] v, int vAt, int from, int cols, double[] rests) {
    double sumA = 0;
    double sumB = 0;
    double sumC = 0;
    double sumD = 0;
    double sumE = 0;
    double sumF = 0;
    double sumG = 0;
    double sumH = 0;
    for (int j = from; j < cols; j++) {
      double w = v[vAt + j];
      int a = at + j;
      sumA = Math.fma(x[a], w, sumA);
      sumB = Math.fma(x[a + stride], w, sumB);
      sumC = Math.fma(x[a + 2 * stride], w, sumC);
      sumD = Math.fma(x[a + 3 * stride], w, sumD);
      sumE = Math.fma(x[a + 4 * stride], w, sumE);
      sumF = Math.fma(x[a + 5 * stride], w, sumF);
      sumG = Math.fma(x[a + 6 * stride], w, sumG);
      sumH = Math.fma(x[a + 7 * stride], w, sumH);
    }
    rests[0] = sumA;
    rests[1] = sumB;
    rests[2] = sumC;
    rests[3] = sumD;
    rests[4] = sumE;
    rests[5] = sumF;
    rests[6] = sumG;
    rests[7] = sumH;
  }

  @Override
  public void addTransposed(Dense matrix, Dense vector, Dense target) {
    double[] x = matrix.data();
    int at = matrix.offset();
    int stride = matrix.stride();
    int rows = matrix.rows();
    int cols = matrix.cols();
    double[] r = vector.data();
    int rAt = vector.offset();
    int rStride = vector.stride();
    double[] sum = target.data();
    int sumAt = target.offset();
    int bound = S.loopBound(cols);
    int i = 0;
    for (; i + 8 <= rows; i += 8) {
      int a = at + i * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      int e = d + stride;
      int f = e + stride;
      int g = f + stride;
      int h = g + stride;
      int q = rAt + i * rStride;
      DoubleVector vA = DoubleVector.broadcast(S, r[q + 0 * rStride]);
      DoubleVector vB = DoubleVector.broadcast(S, r[q + 1 * rStride]);
      DoubleVector vC = DoubleVector.broadcast(S, r[q + 2 * rStride]);
      DoubleVector vD = DoubleVector.broadcast(S, r[q + 3 * rStride]);
      DoubleVector vE = DoubleVector.broadcast(S, r[q + 4 * rStride]);
      DoubleVector vF = DoubleVector.broadcast(S, r[q + 5 * rStride]);
      DoubleVector vG = DoubleVector.broadcast(S, r[q + 6 * rStride]);
      DoubleVector vH = DoubleVector.broadcast(S, r[q + 7 * rStride]);
      for (int j = 0; j < bound; j += LANES) {
        DoubleVector total = DoubleVector.fromArray(S, sum, sumAt + j);
        total = DoubleVector.fromArray(S, x, a + j).fma(vA, total);
        total = DoubleVector.fromArray(S, x, b + j).fma(vB, total);
        total = DoubleVector.fromArray(S, x, c + j).fma(vC, total);
        total = DoubleVector.fromArray(S, x, d + j).fma(vD, total);
        total = DoubleVector.fromArray(S, x, e + j).fma(vE, total);
        total = DoubleVector.fromArray(S, x, f + j).fma(vF, total);
        total = DoubleVector.fromArray(S, x, g + j).fma(vG, total);
        total = DoubleVector.fromArray(S, x, h + j).fma(vH, total);
        total.intoArray(sum, sumAt + j);
      }
      for (int j = bound; j < cols; j++) {
        double total = sum[sumAt + j];
        for (int k = 0; k < 8; k++) {
          total = Math.fma(x[a + k * stride + j], r[q + k * rStride], total);
        }
        sum[sumAt + j] = total;
      }
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      double factor = r[rAt + i * rStride];
      DoubleVector vA = DoubleVector.broadcast(S, factor);
      for (int j = 0; j < bound; j += LANES) {
        DoubleVector.fromArray(S, x, a + j)
            .fma(vA, DoubleVector.fromArray(S, sum, sumAt + j))
            .intoArray(sum, sumAt + j);
      }
      addRest(x, a, factor, sum, sumAt, bound, cols);
    }
  }

  private static void addRest(
      double[] x, int at, double factor, double[] sum, int sumAt, int from, int cols) {
    for (int j = from; j < cols; j++) {
      sum[sumAt + j] = Math.fma(x[at + j], factor, sum[sumAt + j]);
    }
  }

  @Override
  public void multiply(Floats matrix, Dense vector, Dense product) {
    float[] x = matrix.data();
    int at = matrix.offset();
    int stride = matrix.stride();
    int rows = matrix.rows();
    int cols = matrix.cols();
    double[] v = vector.data();
    int vAt = vector.offset();
    double[] out = product.data();
    int outAt = product.offset();
    int outStride = product.stride();
    int bound = cols - cols % PARTS;
    double[] parts = new double[PARTS];
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      for (int part = 0; part < PARTS; part += LANES) {
        oneRow(x, a + part, v, vAt + part, bound, parts, part);
      }
      double rest = 0;
      for (int j = bound; j < cols; j++) {
        rest = Math.fma((double) x[a + j], v[vAt + j], rest);
      }
      out[outAt + i * outStride] = sum(parts, 0) + rest;
    }
  }

  @Override
  public void addTransposed(Floats matrix, Dense vector, Dense target) {
    float[] x = matrix.data();
    int at = matrix.offset();
    int stride = matrix.stride();
    int rows = matrix.rows();
    int cols = matrix.cols();
    double[] r = vector.data();
    int rAt = vector.offset();
    int rStride = vector.stride();
    double[] sum = target.data();
    int sumAt = target.offset();
    int bound = S.loopBound(cols);
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      double factor = r[rAt + i * rStride];
      DoubleVector vA = DoubleVector.broadcast(S, factor);
      int j = 0;
      for (; j < bound; j += LANES) {
        widened(x, a + j)
            .fma(vA, DoubleVector.fromArray(S, sum, sumAt + j))
            .intoArray(sum, sumAt + j);
      }
      for (; j < cols; j++) {
        sum[sumAt + j] = Math.fma((double) x[a + j], factor, sum[sumAt + j]);
      }
    }
  }

  private static void oneRow(
      float[] x, int at, double[] v, int vAt, int bound, double[] parts, int part) {
    DoubleVector sum = DoubleVector.broadcast(S, 0);
    for (int j = 0; j < bound; j += PARTS) {
      sum = widened(x, at + j).fma(DoubleVector.fromArray(S, v, vAt + j), sum);
    }
    sum.intoArray(parts, part);
  }

  private static DoubleVector widened(float[] x, int at) {
    return (DoubleVector)
        FloatVector.fromArray(HALF, x, at).convertShape(VectorOperators.F2D, S, 0);
  }

  @Override
  public void addScaled(double factor, double[] from, int at, double[] to, int toAt, int cols) {
    int bound = S.loopBound(cols);
    DoubleVector factors = DoubleVector.broadcast(S, factor);
    for (int j = 0; j < bound; j += LANES) {
      DoubleVector.fromArray(S, from, at + j)
          .fma(factors, DoubleVector.fromArray(S, to, toAt + j))
          .intoArray(to, toAt + j);
    }
    addRest(from, at, factor, to, toAt, bound, cols);
  }

  @Override
  public int paddedWidth(int cols) {
    return PaddedProducts.paddedWidth(cols);
  }

  @Override
  public void multiply(CsrWindow a, Dense b, Dense out) {
    if (b.isPadded() && out.isContiguous()) {
      PaddedProducts.multiply(a, b, out);
    } else {
      out.fill(0);
      SparseProducts.add(a, b, out);
    }
  }

  @Override
  public void addProduct(CsrWindow a, Dense b, Dense out) {
    SparseProducts.add(a, b, out);
  }

  @Override
  public void addTransposedProduct(CsrWindow a, Dense b, Dense out) {
    if (out.isPadded()) {
      PaddedProducts.addTransposed(a, b, out);
    } else {
      SparseProducts.addTransposed(a, b, out);
    }
  }

  @Override
  public void addProduct(Strided left, Strided right, Strided to, int rows, int inner, int cols) {
    if (left.col() == 1 && cols >= 2 * LANES) {
      fetch(left.data(), left.at(), left.row(), rows, inner);
    }
    int whole = rows - rows % TALL;
    int j = 0;
    for (; j + 2 * LANES <= cols; j += 2 * LANES) {
      addTwoVectors(left, right, to, whole, inner, j);
      for (int i = whole; i < rows; i++) {
        int a = left.at() + i * left.row();
        int o = to.at() + i * to.row() + j;
        int b = right.at() + j;
        addRow(left.data(), a, left.col(), right.data(), b, right.row(), to.data(), o, inner);
        b += LANES;
        o += LANES;
        addRow(left.data(), a, left.col(), right.data(), b, right.row(), to.data(), o, inner);
      }
    }
    for (; j < cols; j += LANES) {
      NarrowProducts.add(left, right, to, j, rows, inner, Math.min(LANES, cols - j));
    }
  }

  /**
   * Four rows and two vectors of a product at a time, from column {@code j} on. Alone in a method:
   * of more vector operations than the compiler puts in one place it makes objects.
   */
  private static void addTwoVectors(
      Strided left, Strided right, Strided to, int rows, int inner, int j) {
    double[] a = left.data();
    int aRow = left.row();
    int aCol = left.col();
    double[] b = right.data();
    int bStride = right.row();
    double[] out = to.data();
    int outStride = to.row();
    for (int i = 0; i < rows; i += TALL) {
      int p = left.at() + i * aRow;
      int o = to.at() + i * outStride + j;
      DoubleVector sumA = DoubleVector.fromArray(S, out, o);
      DoubleVector sumB = DoubleVector.fromArray(S, out, o + outStride);
      DoubleVector sumC = DoubleVector.fromArray(S, out, o + 2 * outStride);
      DoubleVector sumD = DoubleVector.fromArray(S, out, o + 3 * outStride);
      DoubleVector sumE = DoubleVector.fromArray(S, out, o + LANES);
      DoubleVector sumF = DoubleVector.fromArray(S, out, o + outStride + LANES);
      DoubleVector sumG = DoubleVector.fromArray(S, out, o + 2 * outStride + LANES);
      DoubleVector sumH = DoubleVector.fromArray(S, out, o + 3 * outStride + LANES);
      int q = right.at() + j;
      for (int k = 0; k < inner; k++) {
        DoubleVector first = DoubleVector.fromArray(S, b, q);
        DoubleVector second = DoubleVector.fromArray(S, b, q + LANES);
        DoubleVector f = DoubleVector.broadcast(S, a[p]);
        sumA = first.fma(f, sumA);
        sumE = second.fma(f, sumE);
        f = DoubleVector.broadcast(S, a[p + aRow]);
        sumB = first.fma(f, sumB);
        sumF = second.fma(f, sumF);
        f = DoubleVector.broadcast(S, a[p + 2 * aRow]);
        sumC = first.fma(f, sumC);
        sumG = second.fma(f, sumG);
        f = DoubleVector.broadcast(S, a[p + 3 * aRow]);
        sumD = first.fma(f, sumD);
        sumH = second.fma(f, sumH);
        p += aCol;
        q += bStride;
      }
      sumA.intoArray(out, o);
      sumB.intoArray(out, o + outStride);
      sumC.intoArray(out, o + 2 * outStride);
      sumD.intoArray(out, o + 3 * outStride);
      sumE.intoArray(out, o + LANES);
      sumF.intoArray(out, o + outStride + LANES);
      sumG.intoArray(out, o + 2 * outStride + LANES);
      sumH.intoArray(out, o + 3 * outStride + LANES);
    }
  }

  /**
   * Brings rows of a tile into the cache, a number of each line in turn: the product, which goes
   * along four rows at once, would wait for memory more often. What is kept is of no use but that
   * the reading is not left out.
   */
  static void fetch(double[] x, int at, int stride, int rows, int cols) {
    if ((long) rows * cols > FETCHED) {
      return;
    }
    double[] kept = new double[LINES];
    if (stride == cols) {
      fetchRun(x, at, rows * cols, kept);
      return;
    }
    for (int i = 0; i < rows; i++) {
      fetchRun(x, at + i * stride, cols, kept);
    }
  }

  private static void fetchRun(double[] x, int from, int count, double[] kept) {
    double a = kept[0];
    double b = kept[1];
    double c = kept[2];
    double d = kept[3];
    int k = from;
    for (; k + LINES * LINE <= from + count; k += LINES * LINE) {
      a += x[k];
      b += x[k + LINE];
      c += x[k + 2 * LINE];
      d += x[k + 3 * LINE];
    }
    for (; k < from + count; k += LINE) {
      a += x[k];
    }
    kept[0] = a;
    kept[1] = b;
    kept[2] = c;
    kept[3] = d;
  }

  /** One row and one vector of a product. */
  static void addRow(
      double[] a,
      int aAt,
      int aCol,
      double[] b,
      int bAt,
      int bStride,
      double[] out,
      int outAt,
      int inner) {
    DoubleVector sum = DoubleVector.fromArray(S, out, outAt);
    int p = aAt;
    int q = bAt;
    for (int k = 0; k < inner; k++) {
      sum = DoubleVector.fromArray(S, b, q).fma(DoubleVector.broadcast(S, a[p]), sum);
      p += aCol;
      q += bStride;
    }
    sum.intoArray(out, outAt);
  }
}
