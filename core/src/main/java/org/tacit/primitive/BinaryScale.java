package org.tacit.primitive;

/**
 * The power of two 2^k with 2^k &lt;= |x| &lt; 2^(k + 1), to divide by without rounding; 1 at zero,
 * and never subnormal. Derivative 0, at the jumps too.
 */
record BinaryScale() implements Pointwise {
  @Override
  public double at(double x) {
    return x == 0 || !Double.isFinite(x)
        ? 1
        : Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(x)));
  }

  @Override
  public Var slope(Var x, Var y) {
    return Var.zero(x.shape());
  }
}
