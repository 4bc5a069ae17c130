package org.tacit.primitive;

import java.util.List;

/**
 * sqrt(a^2 + b^2) element by element, without overflow or underflow. Derivative a/y da + b/y db:
 * see {@link Cosine}.
 */
record Hypot() implements PointwisePair {
  /** Below this a square may have been subnormal. */
  static final double SMALL = 0x1p-960;

  @Override
  public double at(double a, double b) {
    double square = a * a + b * b;
    return square >= SMALL && square <= Double.MAX_VALUE ? Math.sqrt(square) : Math.hypot(a, b);
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var a = inputs.get(0);
    Var b = inputs.get(1);
    return a.cosine(b)
        .times(tangents.get(0))
        .plus(b.cosine(a).times(tangents.get(1)))
        .broadcastTo(output.shape());
  }
}
