package org.tacit.matrix;

/** The kernels in plain Java, which compilers make vectors of where the order of sums allows it. */
final class PlainKernels implements Kernels {
  @Override
  public String description() {
    return "plain";
  }

  @Override
  public void multiply(
      double[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] v,
      int vAt,
      double[] out,
      int outAt,
      int outStride) {
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
  public void addTransposed(
      double[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] r,
      int rAt,
      int rStride,
      double[] sum,
      int sumAt) {
    for (int i = 0; i < rows; i++) {
      addScaled(r[rAt + i * rStride], x, at + i * stride, sum, sumAt, cols);
    }
  }

  @Override
  public void multiply(
      float[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] v,
      int vAt,
      double[] out,
      int outAt,
      int outStride) {
    double[] row = new double[cols];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        row[j] = x[at + i * stride + j];
      }
      multiply(row, 0, cols, 1, cols, v, vAt, out, outAt + i * outStride, outStride);
    }
  }

  @Override
  public void addTransposed(
      float[] x,
      int at,
      int stride,
      int rows,
      int cols,
      double[] r,
      int rAt,
      int rStride,
      double[] sum,
      int sumAt) {
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
}
