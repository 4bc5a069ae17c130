package org.tacit.bilevel;

import org.tacit.matrix.Matrix;

/** A box that every component of theta stays in. */
public record Bounds(double low, double high) {
  /** No bounds. */
  public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Bounds {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "Invalid bounds: [" + low + ", " + high + "] (must be low < high)");
    }
  }

  /** The nearest point of the box. */
  public Matrix clip(Matrix theta) {
    return theta.map(t -> Math.max(low, Math.min(high, t)));
  }
}
