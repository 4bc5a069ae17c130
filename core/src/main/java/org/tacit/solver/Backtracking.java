package org.tacit.solver;

import java.util.List;
import java.util.Optional;

/**
 * The first of the lengths t, t / 2, t / 4, ... with sufficient decrease. The first is one pass;
 * after that {@value #TOGETHER} halvings at a time are one. Source: Armijo 1966; Nocedal and
 * Wright, section 3.1.
 *
 * @param delta the part of the slope that a step must win
 */
record Backtracking(double delta) implements Minimiser.LineSearch {
  private static final int TOGETHER = 4;
  private static final int ROUNDS = 12;

  public Backtracking {
    if (!(delta > 0 && delta < 0.5)) {
      throw new IllegalArgumentException("Invalid delta: " + delta + " (must be in (0, 0.5))");
    }
  }

  @Override
  public Optional<Ray.Trial> along(Ray ray, double first) {
    Optional<Ray.Trial> whole = ray.at(first).filter(trial -> ray.isDescent(trial, delta));
    double t = first / 2;
    for (int round = 0; whole.isEmpty() && round < ROUNDS; round++) {
      List<Optional<Ray.Trial>> trials = ray.at(t, t / 2, t / 4, t / 8);
      whole =
          trials.stream()
              .flatMap(Optional::stream)
              .filter(trial -> ray.isDescent(trial, delta))
              .findFirst();
      t /= 1 << TOGETHER;
    }
    return whole;
  }
}
