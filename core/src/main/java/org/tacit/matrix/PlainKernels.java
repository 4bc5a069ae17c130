package org.tacit.matrix;

/** The kernels in plain Java, four rows at a time. */
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
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int a = at + i * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      double sumA = 0;
      double sumB = 0;
      double sumC = 0;
      double sumD = 0;
      for (int j = 0; j < cols; j++) {
        double w = v[vAt + j];
        sumA += x[a + j] * w;
        sumB += x[b + j] * w;
        sumC += x[c + j] * w;
        sumD += x[d + j] * w;
      }
      int o = outAt + i * outStride;
      out[o] = sumA;
      out[o + outStride] = sumB;
      out[o + 2 * outStride] = sumC;
      out[o + 3 * outStride] = sumD;
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        sum += x[a + j] * v[vAt + j];
      }
      out[outAt + i * outStride] = sum;
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
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int a = at + i * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      int q = rAt + i * rStride;
      double rA = r[q];
      double rB = r[q + rStride];
      double rC = r[q + 2 * rStride];
      double rD = r[q + 3 * rStride];
      for (int j = 0; j < cols; j++) {
        sum[sumAt + j] += (x[a + j] * rA + x[b + j] * rB) + (x[c + j] * rC + x[d + j] * rD);
      }
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      double factor = r[rAt + i * rStride];
      for (int j = 0; j < cols; j++) {
        sum[sumAt + j] += x[a + j] * factor;
      }
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
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      double sum = 0;
      for (int j = 0; j < cols; j++) {
        sum += x[a + j] * v[vAt + j];
      }
      out[outAt + i * outStride] = sum;
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
        sum[sumAt + j] += x[a + j] * factor;
      }
    }
  }

  @Override
  public void addScaled(double factor, double[] from, int at, double[] to, int toAt, int cols) {
    for (int j = 0; j < cols; j++) {
      to[toAt + j] += factor * from[at + j];
    }
  }
}
