package org.tacit.matrix;

/**
 * The elementary functions in plain Java: the definition of their bits.
 *
 * <p>exp(x) = 2^k exp(r) with k the integer nearest to x / log 2 and r = x - k log 2 in two parts,
 * |r| at most log(2) / 2 (Cody and Waite); exp(r) by its Taylor polynomial of degree 13, whose rest
 * is 4e-18 of it. 2^k is multiplied in two halves, so that a subnormal result is rounded once.
 *
 * <p>log(1 + x): 1 + x is u + c exactly (Knuth's sum), and 2^k (1 + f) with 1 + f in [sqrt(1/2),
 * sqrt(2)]; log(1 + f) = f - f^2 / 2 + s (f^2 / 2 + R(s^2)) with s = f / (2 + f) and the R of
 * fdlibm (Sun Microsystems, 1993, {@code s_log1p.c}), whose error is below 2^-58.
 *
 * <p>Nothing here branches on a number in a way that lanes could not: where a case asks for it,
 * both values are computed and one is taken.
 */
final class PlainElementary implements Elementary {
  static final double OVERFLOW = 710; // exp(x) is infinite from here on
  static final double UNDERFLOW = -746; // exp(x) is 0 up to here
  static final double PER_LOG_2 = 1.4426950408889634;
  // The upper 33 bits of log 2, so that products with exponents are exact, and the rest.
  static final double LOG_2_HIGH = 0.6931471803691238;
  static final double LOG_2_LOW = 1.9082149292705877e-10;

  /**
   * Added to an integer k it has k + 1023, the bits of the exponent of 2^k, in its lowest bits;
   * subtracted again k is left.
   */
  static final double EXPONENT = 0x1.8p52 + 1023;

  /** Bits of the mantissa, above which the exponent begins. */
  static final int MANTISSA = 52;

  static final double C2 = 1.0 / 2;
  static final double C3 = 1.0 / 6;
  static final double C4 = 1.0 / 24;
  static final double C5 = 1.0 / 120;
  static final double C6 = 1.0 / 720;
  static final double C7 = 1.0 / 5_040;
  static final double C8 = 1.0 / 40_320;
  static final double C9 = 1.0 / 362_880;
  static final double C10 = 1.0 / 3_628_800;
  static final double C11 = 1.0 / 39_916_800;
  static final double C12 = 1.0 / 479_001_600;
  static final double C13 = 1.0 / 6_227_020_800.0;

  static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));
  static final long ONE = Double.doubleToRawLongBits(1);
  static final long EXPONENT_BITS = 0x7FFL << MANTISSA;
  static final double INTEGER = 0x1p52; // whose mantissa is the integer added to it
  static final long INTEGER_BITS = Double.doubleToRawLongBits(INTEGER);
  static final long NO_REST = ONE + (60L << MANTISSA); // c is nothing beside larger u

  static final double L1 = 0.6666666666666735;
  static final double L2 = 0.3999999999940942;
  static final double L3 = 0.2857142874366239;
  static final double L4 = 0.22222198432149784;
  static final double L5 = 0.1818357216161805;
  static final double L6 = 0.15313837699209373;
  static final double L7 = 0.14798198605116586;

  static double exp(double x) {
    double y = x > OVERFLOW ? OVERFLOW : x;
    return expWithin(y < UNDERFLOW ? UNDERFLOW : y);
  }

  private static double expWithin(double x) {
    double k = Math.fma(x, PER_LOG_2, EXPONENT) - EXPONENT;
    double r = Math.fma(k, -LOG_2_LOW, Math.fma(k, -LOG_2_HIGH, x));
    double p = Math.fma(r, C13, C12);
    p = Math.fma(r, p, C11);
    p = Math.fma(r, p, C10);
    p = Math.fma(r, p, C9);
    p = Math.fma(r, p, C8);
    p = Math.fma(r, p, C7);
    p = Math.fma(r, p, C6);
    p = Math.fma(r, p, C5);
    p = Math.fma(r, p, C4);
    p = Math.fma(r, p, C3);
    p = Math.fma(r, p, C2);
    p = Math.fma(r, p, 1);
    p = Math.fma(r, p, 1);
    double half = Math.fma(k, 0.5, EXPONENT);
    double rest = (k - (half - EXPONENT)) + EXPONENT;
    return p * power(half) * power(rest);
  }

  /** 2^k of an integer k with {@link #EXPONENT} added. */
  private static double power(double shifted) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << MANTISSA);
  }

  static double log1p(double x) {
    double u = 1 + x;
    double b = u - 1;
    double c = (1 - (u - b)) + (x - b);
    double value = log(u, c);
    value = x == Double.POSITIVE_INFINITY ? x : value;
    value = x == -1 ? Double.NEGATIVE_INFINITY : value;
    value = x < -1 ? Double.NaN : value;
    return x == 0 ? x : value;
  }

  /** log(u + c) of a finite u &gt; 0 and a c below its last place. */
  private static double log(double u, double c) {
    long bits = Double.doubleToRawLongBits(u);
    long exponent = (bits - SQRT_HALF + ONE) & EXPONENT_BITS;
    double m = Double.longBitsToDouble(bits - exponent + ONE);
    double scale = Double.longBitsToDouble(2 * ONE - Math.min(exponent, NO_REST));
    long integer = (exponent >>> MANTISSA) | INTEGER_BITS;
    double k = Double.longBitsToDouble(integer) - (INTEGER + Double.MAX_EXPONENT);
    double f = Math.fma(c, scale, m - 1);
    double s = f / (f + 2);
    double z = s * s;
    double r = Math.fma(z, L7, L6);
    r = Math.fma(z, r, L5);
    r = Math.fma(z, r, L4);
    r = Math.fma(z, r, L3);
    r = Math.fma(z, r, L2);
    r = Math.fma(z, r, L1);
    double square = f * 0.5 * f;
    double rest = Math.fma(s, Math.fma(z, r, square), k * LOG_2_LOW);
    return Math.fma(k, LOG_2_HIGH, f - (square - rest));
  }

  /** The quotient's error is taken out of it, as far as that of 1 + e is a part of it. */
  static double sigmoid(double x) {
    double e = decay(x);
    double u = e + 1;
    double c = e - (u - 1);
    double above = x < 0 ? e : 1;
    double q = above / u;
    double perU = x < 0 ? 1 - q : q;
    return Math.fma(Math.fma(-q, c, Math.fma(-q, u, above)), perU, q);
  }

  static double softplus(double x) {
    double e = decay(x);
    double u = e + 1;
    return (x < 0 ? 0 : x) + log(u, e - (u - 1));
  }

  /** exp(-|x|). */
  private static double decay(double x) {
    double y = -Math.abs(x);
    return expWithin(y < UNDERFLOW ? UNDERFLOW : y);
  }

  @Override
  public void exp(double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = exp(x[from + i]);
    }
  }

  @Override
  public void log1p(double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = log1p(x[from + i]);
    }
  }

  @Override
  public void sigmoid(double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = sigmoid(x[from + i]);
    }
  }

  @Override
  public void softplus(double[] x, int from, double[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = softplus(x[from + i]);
    }
  }
}
