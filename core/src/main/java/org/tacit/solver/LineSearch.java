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

  /** The first of t, t / 2, t / 4, ... at which the objective has decreased enough. */
  static LineSearch backtracking() {
    return Backtracking.of();
  }

  /** A length with enough decrease and a small slope, for directions that know their length. */
  static LineSearch strongWolfe() {
    return StrongWolfe.of();
  }

  /** That of CG_DESCENT, which works to full precision. */
  static LineSearch hagerZhang() {
    return HagerZhang.of();
  }

  /**
   * A good point of the ray; empty where none was found. {@code first} is the first length tried.
   */
  Optional<Ray.Trial> along(Ray ray, double first);
}
