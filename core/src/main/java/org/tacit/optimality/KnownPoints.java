package org.tacit.optimality;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.tacit.matrix.Matrix;

/**
 * What a solve knows of a composite objective at its last points, so that neither a line search nor
 * the derivative at the solution pays for a point twice.
 */
final class KnownPoints {
  /** Those of a line search and where it began. */
  private static final int MOST = 8;

  private final Deque<Problem.Point> points = new ArrayDeque<>();

  Optional<Problem.Point> at(Matrix x) {
    return points.stream().filter(point -> point.x().equals(x)).findFirst();
  }

  void add(Problem.Point point) {
    points.addFirst(point);
    if (points.size() > MOST) {
      points.removeLast();
    }
  }
}
