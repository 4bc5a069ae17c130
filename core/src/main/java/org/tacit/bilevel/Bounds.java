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

  /** Whether the box holds this value; it does not hold NaN. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Refuses a theta that is outside. */
  void requireInside(Matrix theta) {
    for (int j = 0; j < theta.size(); j++) {
      if (!contains(theta.at(j))) {
        throw new IllegalArgumentException(
            "Invalid start: theta["
                + j
                + "] = "
                + theta.at(j)
                + " (must be in the bounds ["
                + low
                + ", "
                + high
                + "]: start inside, or widen them)");
      }
    }
  }

  /** The nearest point of the box. */
  public Matrix clip(Matrix theta) {
    return theta.map(t -> Math.max(low, Math.min(high, t)));
  }
}
