package org.tacit.primitive;

import java.util.List;

/**
 * u = a / sqrt(a^2 + b^2) element by element, without overflow or underflow; NaN at a = b = 0.
 * Derivative v (v da - u db) / sqrt(a^2 + b^2) with v = b / sqrt(a^2 + b^2), in which nothing
 * cancels for large a.
 */
record Cosine() implements PointwisePair {
  @Override
  public double at(double a, double b) {
    double square = a * a + b * b;
    if (square >= Hypot.SMALL && square <= Double.MAX_VALUE) {
      return a / Math.sqrt(square);
    }
    int shift = -Math.getExponent(Math.max(Math.abs(a), Math.abs(b)));
    double near = Math.scalb(a, shift);
    return near / Math.hypot(near, Math.scalb(b, shift));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    Var v = b.cosine(a);
    Var turned = v.times(tangents.get(0)).minus(output.times(tangents.get(1)));
    return v.times(a.hypot(b).reciprocal()).times(turned).broadcastTo(output.shape());
  }
}
