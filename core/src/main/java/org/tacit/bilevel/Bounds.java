package org.tacit.bilevel;

import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * A box that theta stays in: low_j &lt;= theta_j &lt;= high_j. Where both are one number theta_j is
 * held there, and the others are tuned.
 *
 * @param low one number for every theta alike, 1 x 1, or one for each, parameters x 1; may be
 *     infinite
 * @param high the same
 */
public record Bounds(Matrix low, Matrix high) {
  /** No bounds. */
  public static final Bounds NONE = of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Bounds {
    if (low.cols() != 1 || high.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid bounds: %s x %s lower and %s x %s upper ones (must be columns)"
              .formatted(low.rows(), low.cols(), high.rows(), high.cols()));
    }
    if (low.rows() != high.rows()) {
      throw new IllegalArgumentException(
          "Invalid bounds: %s lower and %s upper ones (must be as many)"
              .formatted(low.rows(), high.rows()));
    }
    for (int j = 0; j < low.rows(); j++) {
      boolean isHeld = low.at(j) == high.at(j) && Double.isFinite(low.at(j));
      if (!(low.at(j) < high.at(j) || isHeld)) {
        throw new IllegalArgumentException(
            "Invalid bounds: ["
                + low.at(j)
                + ", "
                + high.at(j)
                + "] (must be low <= high, and finite where these are equal)");
      }
    }
  }

  /** The same for every theta. */
  public static Bounds of(double low, double high) {
    return new Bounds(Matrix.scalar(low), Matrix.scalar(high));
  }

  /** The lower bound of theta_j. */
  public double low(int j) {
    return low.at(low.rows() == 1 ? 0 : j);
  }

  /** The upper bound of theta_j. */
  public double high(int j) {
    return high.at(high.rows() == 1 ? 0 : j);
  }

  /** Whether theta_j may have this value; not NaN. */
  public boolean contains(int j, double value) {
    return low(j) <= value && value <= high(j);
  }

  /** Whether a theta_j of this value can go no further one way; not where it is held. */
  public boolean stops(int j, double value) {
    return (value == low(j) || value == high(j)) && low(j) < high(j);
  }

  /** Refuses a theta that is outside, or of another length. */
  void requireInside(Matrix theta) {
    if (low.rows() != 1 && low.rows() != theta.rows()) {
      throw new IllegalArgumentException(
          "Invalid bounds: %s intervals (must be 1, or %s, one for each theta)"
              .formatted(low.rows(), theta.rows()));
    }
    for (int j = 0; j < theta.size(); j++) {
      if (!contains(j, theta.at(j))) {
        throw new IllegalArgumentException(
            String.format(
                "Invalid start: theta[%s] = %s (must be in the bounds [%s, %s]: start inside, or"
                    + " widen them)",
                j, theta.at(j), low(j), high(j)));
      }
    }
  }

  /** These, one for each of {@code parameters} thetas. */
  Bounds each(int parameters) {
    return low.rows() == parameters
        ? this
        : new Bounds(Matrix.filled(parameters, 1, low(0)), Matrix.filled(parameters, 1, high(0)));
  }

  /** The nearest point of the box. */
  public Matrix clip(Matrix theta) {
    Bounds each = each(theta.rows());
    return theta.with(each.low, Math::max).with(each.high, Math::min);
  }

  private boolean isHeld(int j) {
    return low(j) == high(j);
  }

  /** A gradient in the thetas that are not held, zero in those that are. */
  Matrix free(Matrix gradient) {
    boolean isAnyHeld = IntStream.range(0, gradient.rows()).anyMatch(this::isHeld);
    return isAnyHeld
        ? Matrix.column(gradient.rows(), j -> isHeld(j) ? 0 : gradient.at(j))
        : gradient;
  }

  /**
   * |unit (theta - clip(theta - g / unit))|, zero where no step down the gradient g stays inside;
   * without the rounding of theta, beside which a small g is lost.
   */
  double projectedNorm(Matrix theta, Matrix gradient, double unit) {
    Bounds each = each(theta.rows());
    Matrix least = theta.minus(each.high).times(unit);
    Matrix most = theta.minus(each.low).times(unit);
    return gradient.with(least, Math::max).with(most, Math::min).norm();
  }
}
