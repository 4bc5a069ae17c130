package org.tacit.implicit;

import java.util.Optional;
import org.tacit.matrix.Matrix;

/**
 * How near a solution is to where the derivative jumps.
 *
 * @param distance the smallest distance of a value that switches ({@link Kinks}, {@link KinkSites})
 *     to where it does NaN where it is not known
 * @param approach the largest part of its distance that the solution's error may have moved one of
 *     these values: at 1 or above, x and x* may lie on two sides of a kink
 * @param nearest which of the values is nearest, -1 where that is not told
 * @param standing the kink that the solution is on to rounding, where the derivative jumps there
 */
public record KinkDistance(double distance, double approach, int nearest, Optional<Kink> standing) {
  /** Whether no kink lies within the error of the solution. */
  public boolean isClear() {
    return approach < 1;
  }

  /** The nearer of this and a place at a distance, which the error may have crossed or not. */
  KinkDistance and(double other, boolean isCrossed) {
    double part = isCrossed ? Double.POSITIVE_INFINITY : 0;
    return new KinkDistance(
        Math.min(distance, other),
        Math.max(approach, part),
        other < distance ? -1 : nearest,
        standing);
  }

  /** With the kink that the solution is on. */
  KinkDistance on(Optional<Kink> kink) {
    return new KinkDistance(distance, approach, nearest, kink);
  }

  /** Whether nothing is known, since kinks are inside of solutions that are values of F. */
  public boolean isUnknown() {
    return Double.isNaN(distance);
  }

  static KinkDistance unknown() {
    return new KinkDistance(Double.NaN, 0, -1, Optional.empty());
  }

  /** Of values at these distances that may have moved so far. */
  static KinkDistance of(Matrix distances, Matrix moves) {
    double distance = Double.POSITIVE_INFINITY;
    double approach = 0;
    int nearest = -1;
    for (int i = 0; i < distances.size(); i++) {
      nearest = distances.at(i) < distance ? i : nearest;
      distance = Math.min(distance, distances.at(i));
      double part = distances.at(i) == 0 ? Double.POSITIVE_INFINITY : moves.at(i) / distances.at(i);
      approach = Math.max(approach, part);
    }
    return new KinkDistance(distance, approach, nearest, Optional.empty());
  }
}
