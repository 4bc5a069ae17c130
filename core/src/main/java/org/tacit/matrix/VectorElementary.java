package org.tacit.matrix;

import static org.tacit.matrix.PlainElementary.C10;
import static org.tacit.matrix.PlainElementary.C11;
import static org.tacit.matrix.PlainElementary.C12;
import static org.tacit.matrix.PlainElementary.C13;
import static org.tacit.matrix.PlainElementary.C2;
import static org.tacit.matrix.PlainElementary.C3;
import static org.tacit.matrix.PlainElementary.C4;
import static org.tacit.matrix.PlainElementary.C5;
import static org.tacit.matrix.PlainElementary.C6;
import static org.tacit.matrix.PlainElementary.C7;
import static org.tacit.matrix.PlainElementary.C8;
import static org.tacit.matrix.PlainElementary.C9;
import static org.tacit.matrix.PlainElementary.EXPONENT;
import static org.tacit.matrix.PlainElementary.EXPONENT_BITS;
import static org.tacit.matrix.PlainElementary.INTEGER;
import static org.tacit.matrix.PlainElementary.INTEGER_BITS;
import static org.tacit.matrix.PlainElementary.L1;
import static org.tacit.matrix.PlainElementary.L2;
import static org.tacit.matrix.PlainElementary.L3;
import static org.tacit.matrix.PlainElementary.L4;
import static org.tacit.matrix.PlainElementary.L5;
import static org.tacit.matrix.PlainElementary.L6;
import static org.tacit.matrix.PlainElementary.L7;
import static org.tacit.matrix.PlainElementary.LOG_2_HIGH;
import static org.tacit.matrix.PlainElementary.LOG_2_LOW;
import static org.tacit.matrix.PlainElementary.MANTISSA;
import static org.tacit.matrix.PlainElementary.NO_REST;
import static org.tacit.matrix.PlainElementary.ONE;
import static org.tacit.matrix.PlainElementary.OVERFLOW;
import static org.tacit.matrix.PlainElementary.PER_LOG_2;
import static org.tacit.matrix.PlainElementary.SQRT_HALF;
import static org.tacit.matrix.PlainElementary.UNDERFLOW;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The elementary functions in lanes: the operations of {@link PlainElementary}, in its order. What
 * is left of a run below a vector is done there.
 *
 * <p>Each is a few short loops through a scratch that stays in the first-level cache. The compiler
 * puts what it calls in its place up to a number of nodes, of which a vector's operation has
 * hundreds; what is beyond that makes an object of each vector. So every loop is compiled alone: it
 * is called where there are too many others for the compiler to put any in its place.
 */
final class VectorElementary implements Elementary {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();
  private static final int SCRATCH = 256;

  private final Elementary rest = new PlainElementary();

  @Override
  public void exp(double[] x, int from, double[] out, int to, int count) {
    int bound = S.loopBound(count);
    run(EXP, x, from, out, to, bound);
    rest.exp(x, from + bound, out, to + bound, count - bound);
  }

  @Override
  public void log1p(double[] x, int from, double[] out, int to, int count) {
    int bound = S.loopBound(count);
    run(LOG1P, x, from, out, to, bound);
    rest.log1p(x, from + bound, out, to + bound, count - bound);
  }

  @Override
  public void sigmoid(double[] x, int from, double[] out, int to, int count) {
    int bound = S.loopBound(count);
    run(SIGMOID, x, from, out, to, bound);
    rest.sigmoid(x, from + bound, out, to + bound, count - bound);
  }

  @Override
  public void softplus(double[] x, int from, double[] out, int to, int count) {
    int bound = S.loopBound(count);
    run(SOFTPLUS, x, from, out, to, bound);
    rest.softplus(x, from + bound, out, to + bound, count - bound);
  }

  /** A loop over a run of whole vectors, from x or the scratch to the scratch or out. */
  private interface Loop {
    void run(double[] x, int from, Scratch scratch, double[] out, int to, int count);
  }

  private static final class Scratch {
    final double[] u = new double[SCRATCH];
    final double[] c = new double[SCRATCH];
  }

  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(Scratch::new);

  private static final Loop FALL = (x, from, w, out, to, n) -> fall(x, from, w.u, n);
  private static final Loop EXP_WITHIN = (x, from, w, out, to, n) -> expWithin(w.u, 0, n);
  private static final Loop LOG = (x, from, w, out, to, n) -> log(w.u, w.c, n);

  private static final Loop[] EXP = {
    (x, from, w, out, to, n) -> clip(x, from, out, to, n),
    (x, from, w, out, to, n) -> expWithin(out, to, n)
  };

  private static final Loop[] LOG1P = {
    (x, from, w, out, to, n) -> onePlus(x, from, w.u, w.c, n),
    LOG,
    (x, from, w, out, to, n) -> withLimits(w.u, x, from, out, to, n)
  };

  private static final Loop[] SIGMOID = {
    FALL, EXP_WITHIN, (x, from, w, out, to, n) -> sigmoid(w.u, x, from, out, to, n)
  };

  private static final Loop[] SOFTPLUS = {
    FALL,
    EXP_WITHIN,
    (x, from, w, out, to, n) -> onePlusFraction(w.u, w.c, n),
    LOG,
    (x, from, w, out, to, n) -> plusRamp(w.u, x, from, out, to, n)
  };

  private static void run(Loop[] loops, double[] x, int from, double[] out, int to, int count) {
    Scratch scratch = OWN.get();
    for (int start = 0; start < count; start += SCRATCH) {
      int n = Math.min(SCRATCH, count - start);
      for (Loop loop : loops) {
        loop.run(x, from + start, scratch, out, to + start, n);
      }
    }
  }

  /** x, where exp is neither 0 nor infinite. */
  private static void clip(double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, from + i);
      v.blend(OVERFLOW, v.compare(VectorOperators.GT, OVERFLOW))
          .blend(UNDERFLOW, v.compare(VectorOperators.LT, UNDERFLOW))
          .intoArray(out, to + i);
    }
  }

  private static void expWithin(double[] x, int from, int count) {
    for (int i = from; i < from + count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, i);
      DoubleVector shift = DoubleVector.broadcast(S, EXPONENT);
      DoubleVector k = plus(v, PER_LOG_2, shift).sub(shift);
      DoubleVector half = plus(k, 0.5, shift);
      DoubleVector first = power(half);
      DoubleVector second = power(k.sub(half.sub(shift)).add(shift));
      DoubleVector r = plus(k, -LOG_2_LOW, plus(k, -LOG_2_HIGH, v));
      DoubleVector p = DoubleVector.broadcast(S, C13);
      p = next(p, r, C12);
      p = next(p, r, C11);
      p = next(p, r, C10);
      p = next(p, r, C9);
      p = next(p, r, C8);
      p = next(p, r, C7);
      p = next(p, r, C6);
      p = next(p, r, C5);
      p = next(p, r, C4);
      p = next(p, r, C3);
      p = next(p, r, C2);
      p = next(p, r, 1);
      p = next(p, r, 1);
      p.mul(first).mul(second).intoArray(x, i);
    }
  }

  /** Horner's next step, p x + c. */
  private static DoubleVector next(DoubleVector p, DoubleVector x, double c) {
    return p.fma(x, DoubleVector.broadcast(S, c));
  }

  /** x c + sum. */
  private static DoubleVector plus(DoubleVector x, double c, DoubleVector sum) {
    return x.fma(DoubleVector.broadcast(S, c), sum);
  }

  private static DoubleVector power(DoubleVector shifted) {
    return shifted
        .reinterpretAsLongs()
        .lanewise(VectorOperators.LSHL, MANTISSA)
        .reinterpretAsDoubles();
  }

  private static void log(double[] u, double[] c, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, u, i);
      LongVector bits = v.reinterpretAsLongs();
      LongVector exponent = bits.add(ONE - SQRT_HALF).and(EXPONENT_BITS);
      DoubleVector scale =
          LongVector.broadcast(bits.species(), 2 * ONE)
              .sub(exponent.min(NO_REST))
              .reinterpretAsDoubles();
      DoubleVector k =
          exponent
              .lanewise(VectorOperators.LSHR, MANTISSA)
              .or(INTEGER_BITS)
              .reinterpretAsDoubles()
              .sub(INTEGER + Double.MAX_EXPONENT);
      DoubleVector m = bits.sub(exponent).add(ONE).reinterpretAsDoubles();
      DoubleVector f = DoubleVector.fromArray(S, c, i).fma(scale, m.sub(1));
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector r = DoubleVector.broadcast(S, L7);
      r = next(r, z, L6);
      r = next(r, z, L5);
      r = next(r, z, L4);
      r = next(r, z, L3);
      r = next(r, z, L2);
      r = next(r, z, L1);
      DoubleVector square = f.mul(0.5).mul(f);
      DoubleVector others = s.fma(z.fma(r, square), k.mul(LOG_2_LOW));
      plus(k, LOG_2_HIGH, f.sub(square.sub(others))).intoArray(u, i);
    }
  }

  /** 1 + x as u + c. */
  private static void onePlus(double[] x, int from, double[] u, double[] c, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, from + i);
      DoubleVector sum = v.add(1);
      DoubleVector b = sum.sub(1);
      sum.intoArray(u, i);
      DoubleVector.broadcast(S, 1).sub(sum.sub(b)).add(v.sub(b)).intoArray(c, i);
    }
  }

  /** 1 + e of an e that u holds, at most 1, as u + c. */
  private static void onePlusFraction(double[] u, double[] c, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector e = DoubleVector.fromArray(S, u, i);
      DoubleVector sum = e.add(1);
      sum.intoArray(u, i);
      e.sub(sum.sub(1)).intoArray(c, i);
    }
  }

  private static void withLimits(
      double[] log, double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, from + i);
      DoubleVector.fromArray(S, log, i)
          .blend(Double.POSITIVE_INFINITY, v.compare(VectorOperators.EQ, Double.POSITIVE_INFINITY))
          .blend(Double.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, -1))
          .blend(Double.NaN, v.compare(VectorOperators.LT, -1))
          .blend(v, v.compare(VectorOperators.EQ, 0))
          .intoArray(out, to + i);
    }
  }

  /** -|x|, where exp is not 0. */
  private static void fall(double[] x, int from, double[] out, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector y = DoubleVector.fromArray(S, x, from + i).abs().neg();
      y.blend(UNDERFLOW, y.compare(VectorOperators.LT, UNDERFLOW)).intoArray(out, i);
    }
  }

  private static void sigmoid(
      double[] decay, double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector e = DoubleVector.fromArray(S, decay, i);
      VectorMask<Double> isNegative =
          DoubleVector.fromArray(S, x, from + i).compare(VectorOperators.LT, 0);
      DoubleVector one = DoubleVector.broadcast(S, 1);
      DoubleVector u = e.add(1);
      DoubleVector above = one.blend(e, isNegative);
      DoubleVector q = above.div(u);
      DoubleVector perU = q.blend(one.sub(q), isNegative);
      DoubleVector less = q.neg();
      less.fma(e.sub(u.sub(1)), less.fma(u, above)).fma(perU, q).intoArray(out, to + i);
    }
  }

  private static void plusRamp(
      double[] log, double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, x, from + i);
      v.blend(0, v.compare(VectorOperators.LT, 0))
          .add(DoubleVector.fromArray(S, log, i))
          .intoArray(out, to + i);
    }
  }
}
