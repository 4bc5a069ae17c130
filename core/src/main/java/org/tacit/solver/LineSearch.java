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

  /** The first of t, t / 2, t / 4, ... that wins 1e-4 of the slope. */
  static LineSearch backtracking() {
    return new Backtracking(1e-4);
  }

  /** c1 = 1e-4 and c2 = 0.9: a small slope, too, for directions that know their length. */
  static LineSearch strongWolfe() {
    return new StrongWolfe(1e-4, 0.9);
  }

  /** That of CG_DESCENT, to full precision; delta = 0.1, sigma = 0.9, as published. */
  static LineSearch hagerZhang() {
    return new HagerZhang(0.1, 0.9);
  }

  /**
   * A good point of the ray; empty where none was found. {@code first} is the first length tried.
   */
  Optional<Ray.Trial> along(Ray ray, double first);
}
