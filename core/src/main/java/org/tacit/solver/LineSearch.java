package org.tacit.solver;

import java.util.Optional;

/** How far to go along a direction of descent. */
public interface LineSearch {
  /**
   * A good point of the ray; empty where none was found. {@code first} is the first length tried.
   */
  Optional<Ray.Trial> along(Ray ray, double first);
}
