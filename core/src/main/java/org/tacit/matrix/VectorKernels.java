package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API, eight rows at a time so that v and the sum are loaded once for
 * eight rows.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(
          float.class,
          jdk.incubator.vector.VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

  @Override
  public String description() {
    return "vector, " + LANES + " lanes of doubles";
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
      DoubleVector sumA = DoubleVector.zero(S);
      DoubleVector sumB = DoubleVector.zero(S);
      DoubleVector sumC = DoubleVector.zero(S);
      DoubleVector sumD = DoubleVector.zero(S);
      DoubleVector sumE = DoubleVector.zero(S);
      DoubleVector sumF = DoubleVector.zero(S);
      DoubleVector sumG = DoubleVector.zero(S);
      DoubleVector sumH = DoubleVector.zero(S);
      int j = 0;
      for (; j < bound; j += LANES) {
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
      int o = outAt + i * outStride;
      out[o + 0 * outStride] = sumA.reduceLanes(VectorOperators.ADD) + rest(x, a, v, vAt, j, cols);
      out[o + 1 * outStride] = sumB.reduceLanes(VectorOperators.ADD) + rest(x, b, v, vAt, j, cols);
      out[o + 2 * outStride] = sumC.reduceLanes(VectorOperators.ADD) + rest(x, c, v, vAt, j, cols);
      out[o + 3 * outStride] = sumD.reduceLanes(VectorOperators.ADD) + rest(x, d, v, vAt, j, cols);
      out[o + 4 * outStride] = sumE.reduceLanes(VectorOperators.ADD) + rest(x, e, v, vAt, j, cols);
      out[o + 5 * outStride] = sumF.reduceLanes(VectorOperators.ADD) + rest(x, f, v, vAt, j, cols);
      out[o + 6 * outStride] = sumG.reduceLanes(VectorOperators.ADD) + rest(x, g, v, vAt, j, cols);
      out[o + 7 * outStride] = sumH.reduceLanes(VectorOperators.ADD) + rest(x, h, v, vAt, j, cols);
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      DoubleVector sum = DoubleVector.zero(S);
      int j = 0;
      for (; j < bound; j += LANES) {
        sum = DoubleVector.fromArray(S, x, a + j).fma(DoubleVector.fromArray(S, v, vAt + j), sum);
      }
      out[outAt + i * outStride] =
          sum.reduceLanes(VectorOperators.ADD) + rest(x, a, v, vAt, j, cols);
    }
  }

  /** The part of x . v from element {@code from} on, where no whole vector is left. */
  private static double rest(double[] x, int at, double[] v, int vAt, int from, int cols) {
    double sum = 0;
    for (int j = from; j < cols; j++) {
      sum += x[at + j] * v[vAt + j];
    }
    return sum;
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
      for (int k = 0; k < 8; k++) {
        addRest(x, a + k * stride, r[q + k * rStride], sum, sumAt, bound, cols);
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
      sum[sumAt + j] += x[at + j] * factor;
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
    int bound = S.loopBound(cols);
    for (int i = 0; i < rows; i++) {
      int a = at + i * stride;
      DoubleVector sum = DoubleVector.zero(S);
      int j = 0;
      for (; j < bound; j += LANES) {
        sum = widened(x, a + j).fma(DoubleVector.fromArray(S, v, vAt + j), sum);
      }
      double rest = sum.reduceLanes(VectorOperators.ADD);
      for (; j < cols; j++) {
        rest += x[a + j] * v[vAt + j];
      }
      out[outAt + i * outStride] = rest;
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
        sum[sumAt + j] += x[a + j] * factor;
      }
    }
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
}
