package org.tacit.implicit;

import org.tacit.matrix.Matrix;

/**
 * How near a solution is to where the derivative jumps.
 *
 * @param distance the smallest distance of a value that switches ({@link
 *     org.tacit.optimality.Kinks}) to where it does
 * @param approach the largest part of its distance that the solution's error may have moved one of
 *     these values: at 1 or above, x and x* may lie on two sides of a kink
 */
public record KinkDistance(double distance, double approach) {
  /** Whether no kink lies within the error of the solution. */
  public boolean isClear() {
    return approach < 1;
  }

  /** Of values at these distances that may have moved so far. */
  static KinkDistance of(Matrix distances, Matrix moves) {
    double distance = Double.POSITIVE_INFINITY;
    double approach = 0;
    for (int i = 0; i < distances.size(); i++) {
      distance = Math.min(distance, distances.at(i));
      double part = distances.at(i) == 0 ? Double.POSITIVE_INFINITY : moves.at(i) / distances.at(i);
      approach = Math.max(approach, part);
    }
    return new KinkDistance(distance, approach);
  }
}
