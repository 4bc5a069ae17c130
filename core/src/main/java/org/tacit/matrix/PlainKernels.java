package org.tacit.matrix;

/** The kernels in plain Java, which compilers make vectors of where the order of sums allows it. */
final class PlainKernels implements Kernels {
  @Override
  public String description() {
    return "plain";
  }

  @Override
  public void multiply(Dense x, Dense v, Dense out) {
    if (v.cols() == 1 && v.stride() == 1) {
      multiplyColumn(x, v, out);
      return;
    }
    Dense columns = v.toMatrix().transpose().window();
    for (int j = 0; j < v.cols(); j++) {
      multiplyColumn(
          x,
          new Dense(columns.data(), columns.at(j), 1, x.cols(), 1),
          new Dense(out.data(), out.offset() + j, out.stride(), out.rows(), 1));
    }
  }

  private static void multiplyColumn(Dense matrix, Dense vector, Dense product) {
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
    int bound = cols - cols % PARTS;
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      double sum4 = 0;
      double sum5 = 0;
      double sum6 = 0;
      double sum7 = 0;
      for (int j = 0; j < bound; j += PARTS) {
        sum0 = Math.fma(x[a + j], v[vAt + j], sum0);
        sum1 = Math.fma(x[a + j + 1], v[vAt + j + 1], sum1);
        sum2 = Math.fma(x[a + j + 2], v[vAt + j + 2], sum2);
        sum3 = Math.fma(x[a + j + 3], v[vAt + j + 3], sum3);
        sum4 = Math.fma(x[a + j + 4], v[vAt + j + 4], sum4);
        sum5 = Math.fma(x[a + j + 5], v[vAt + j + 5], sum5);
        sum6 = Math.fma(x[a + j + 6], v[vAt + j + 6], sum6);
        sum7 = Math.fma(x[a + j + 7], v[vAt + j + 7], sum7);
      }
      double rest = 0;
      for (int j = bound; j < cols; j++) {
        rest = Math.fma(x[a + j], v[vAt + j], rest);
      }
      out[outAt + i * outStride] =
          0.0 + sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7 + rest;
    }
  }

  @Override
  public void addTransposed(Dense matrix, Dense r, Dense sum) {
    for (int i = 0; i < matrix.rows(); i++) {
      double factor = r.data()[r.at(i)];
      addScaled(factor, matrix.data(), matrix.at(i), sum.data(), sum.offset(), matrix.cols());
    }
  }

  @Override
  public void multiply(Floats matrix, Dense vector, Dense product) {
    Dense row = Dense.zeros(1, matrix.cols());
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.cols(); j++) {
        row.data()[j] = matrix.data()[matrix.offset() + i * matrix.stride() + j];
      }
      multiply(row, vector, product.window(i, 1));
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
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      double factor = r[rAt + i * rStride];
      for (int j = 0; j < cols; j++) {
        sum[sumAt + j] = Math.fma((double) x[a + j], factor, sum[sumAt + j]);
      }
    }
  }

  @Override
  public void addScaled(double factor, double[] from, int at, double[] to, int toAt, int cols) {
    for (int j = 0; j < cols; j++) {
      to[toAt + j] = Math.fma(factor, from[at + j], to[toAt + j]);
    }
  }

  @Override
  public void addProduct(Strided a, Strided b, Strided out, int rows, int inner, int cols) {
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a.data()[a.at() + i * a.row() + k * a.col()];
        addScaled(
            factor, b.data(), b.at() + k * b.row(), out.data(), out.at() + i * out.row(), cols);
      }
    }
  }

  @Override
  public int paddedWidth(int cols) {
    return cols;
  }

  @Override
  public void multiply(CsrWindow a, Dense b, Dense out) {
    out.fill(0);
    addProduct(a, b, out);
  }

  @Override
  public void addProduct(CsrWindow a, Dense b, Dense out) {
    for (int i = 0; i < a.rows(); i++) {
      for (int e = a.start(i); e < a.end(i); e++) {
        int from = b.at(a.index()[e]);
        addScaled(a.value()[e], b.data(), from, out.data(), out.at(i), out.cols());
      }
    }
  }

  @Override
  public void addTransposedProduct(CsrWindow a, Dense b, Dense out) {
    for (int i = 0; i < a.rows(); i++) {
      for (int e = a.start(i); e < a.end(i); e++) {
        int to = out.at(a.index()[e]);
        addScaled(a.value()[e], b.data(), b.at(i), out.data(), to, out.cols());
      }
    }
  }
}
