package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API, four rows at a time so that v and the sum are loaded once for
 * four rows.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = S.length();
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(
          float.class,
          jdk.incubator.vector.VectorShape.forBitSize(Math.max(64, S.vectorBitSize() / 2)));

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
    for (; i + 4 <= rows; i += 4) {
      int a = at + i * stride;
      int b = a + stride;
      int c = b + stride;
      int d = c + stride;
      DoubleVector sumA = DoubleVector.zero(S);
      DoubleVector sumB = DoubleVector.zero(S);
      DoubleVector sumC = DoubleVector.zero(S);
      DoubleVector sumD = DoubleVector.zero(S);
      int j = 0;
      for (; j < bound; j += LANES) {
        DoubleVector w = DoubleVector.fromArray(S, v, vAt + j);
        sumA = DoubleVector.fromArray(S, x, a + j).fma(w, sumA);
        sumB = DoubleVector.fromArray(S, x, b + j).fma(w, sumB);
        sumC = DoubleVector.fromArray(S, x, c + j).fma(w, sumC);
        sumD = DoubleVector.fromArray(S, x, d + j).fma(w, sumD);
      }
      double restA = sumA.reduceLanes(VectorOperators.ADD);
      double restB = sumB.reduceLanes(VectorOperators.ADD);
      double restC = sumC.reduceLanes(VectorOperators.ADD);
      double restD = sumD.reduceLanes(VectorOperators.ADD);
      for (; j < cols; j++) {
        double w = v[vAt + j];
        restA += x[a + j] * w;
        restB += x[b + j] * w;
        restC += x[c + j] * w;
        restD += x[d + j] * w;
      }
      int o = outAt + i * outStride;
      out[o] = restA;
      out[o + outStride] = restB;
      out[o + 2 * outStride] = restC;
      out[o + 3 * outStride] = restD;
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      DoubleVector sum = DoubleVector.zero(S);
      int j = 0;
      for (; j < bound; j += LANES) {
        sum = DoubleVector.fromArray(S, x, a + j).fma(DoubleVector.fromArray(S, v, vAt + j), sum);
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
      DoubleVector vA = DoubleVector.broadcast(S, rA);
      DoubleVector vB = DoubleVector.broadcast(S, rB);
      DoubleVector vC = DoubleVector.broadcast(S, rC);
      DoubleVector vD = DoubleVector.broadcast(S, rD);
      int j = 0;
      for (; j < bound; j += LANES) {
        DoubleVector total = DoubleVector.fromArray(S, sum, sumAt + j);
        total = DoubleVector.fromArray(S, x, a + j).fma(vA, total);
        total = DoubleVector.fromArray(S, x, b + j).fma(vB, total);
        total = DoubleVector.fromArray(S, x, c + j).fma(vC, total);
        total = DoubleVector.fromArray(S, x, d + j).fma(vD, total);
        total.intoArray(sum, sumAt + j);
      }
      for (; j < cols; j++) {
        sum[sumAt + j] += (x[a + j] * rA + x[b + j] * rB) + (x[c + j] * rC + x[d + j] * rD);
      }
    }
    for (; i < rows; i++) {
      int a = at + i * stride;
      double factor = r[rAt + i * rStride];
      DoubleVector vA = DoubleVector.broadcast(S, factor);
      int j = 0;
      for (; j < bound; j += LANES) {
        DoubleVector.fromArray(S, x, a + j)
            .fma(vA, DoubleVector.fromArray(S, sum, sumAt + j))
            .intoArray(sum, sumAt + j);
      }
      for (; j < cols; j++) {
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
}
