package org.tacit.solver;

import java.util.Optional;

/** How far to go along a direction of descent. */
@FunctionalInterface
public interface LineSearch {
  /**
   * No search: the same length for every direction, whatever the value there. For gradient descent
   * below 2 / L, L being the largest curvature.
   */
  static LineSearch fixed(double length) {
    if (!(length > 0) || Double.isInfinite(length)) {
      throw new IllegalArgumentException("Invalid length: " + length + " (must be > 0)");
    }
    return (ray, first) -> ray.at(length);
  }

  /**
   * A good point of the ray; empty where none was found. {@code first} is the first length tried.
   */
  Optional<Ray.Trial> along(Ray ray, double first);
}
