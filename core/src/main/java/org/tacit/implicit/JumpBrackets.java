package org.tacit.implicit;

import org.tacit.matrix.Matrix;

/**
 * For each coordinate of a map that acts on each by itself, an interval of distances t from a point
 * in which its slope jumps; none where no jump was found.
 *
 * <p>A slope jumps between two distances where it is zero at one of them only, where it differs by
 * more than a tenth, or where the values do not fit slopes between the two, which shows a band of
 * another slope in between.
 */
final class JumpBrackets {
  private static final double JUMP = 0.1;
  private static final double MISFIT = 1e-9;
  private static final double ROUNDING = 8 * Math.ulp(1.0);

  private final End[] low;
  private final End[] high;
  private final boolean[] isFound;

  /** The point at a distance, with value and slope. */
  private record End(double distance, double point, double value, double slope) {
    boolean isOnOff(End other) {
      return (slope == 0) != (other.slope == 0);
    }

    boolean isBand(End other) {
      double length = Math.abs(other.distance - distance);
      double least = length * Math.min(Math.abs(slope), Math.abs(other.slope));
      double most = length * Math.max(Math.abs(slope), Math.abs(other.slope));
      double rise = Math.abs(other.value - value);
      double size = Math.abs(value) + Math.abs(point) + Math.abs(other.value) + other.distance;
      double tolerance = MISFIT * most + ROUNDING * size;
      return rise < least - tolerance || rise > most + tolerance;
    }

    boolean isJump(End other) {
      double larger = Math.max(Math.abs(slope), Math.abs(other.slope));
      boolean isSteep = Math.abs(other.slope - slope) > JUMP * larger;
      return isOnOff(other) || isBand(other) || isSteep;
    }
  }

  /** Values and slopes at the point moved by a distance, or by one for each coordinate. */
  record Sample(Matrix distances, Matrix points, Matrix values, Matrix slopes) {
    private End at(int i) {
      return new End(distances.at(i), points.at(i), values.at(i), slopes.at(i));
    }
  }

  /** At the point itself. */
  JumpBrackets(Sample here) {
    int n = here.values().rows();
    this.low = new End[n];
    this.high = new End[n];
    this.isFound = new boolean[n];
    for (int i = 0; i < n; i++) {
      low[i] = here.at(i);
      high[i] = low[i];
    }
  }

  /** Goes on to a larger distance where no jump was found yet. */
  void walk(Sample next) {
    for (int i = 0; i < low.length; i++) {
      if (!isFound[i]) {
        low[i] = high[i];
        high[i] = next.at(i);
        isFound[i] = low[i].isJump(high[i]);
      }
    }
  }

  /** The middles of the intervals. */
  Matrix middles() {
    double[] middles = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      middles[i] = (low[i].distance() + high[i].distance()) / 2;
    }
    return Matrix.column(middles);
  }

  /** Keeps the lower halves where they jump, the upper ones elsewhere. */
  void halve(Sample middle) {
    for (int i = 0; i < low.length; i++) {
      End there = middle.at(i);
      boolean isLower =
          low[i].isOnOff(high[i])
              ? low[i].isOnOff(there) || low[i].isBand(there)
              : low[i].isJump(there);
      if (isLower) {
        high[i] = there;
      } else {
        low[i] = there;
      }
    }
  }

  /** The lower ends, infinite where the slope bends rather than jumps. */
  Matrix distances() {
    double[] distances = new double[low.length];
    for (int i = 0; i < low.length; i++) {
      boolean isJump = isFound[i] && low[i].isJump(high[i]);
      distances[i] = isJump ? low[i].distance() : Double.POSITIVE_INFINITY;
    }
    return Matrix.column(distances);
  }
}
