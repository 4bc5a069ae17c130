package org.tacit.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times several sides of a comparison in turn, so that a machine whose speed drifts treats them
 * alike.
 */
final class Sides {
  private final Map<String, Runnable> sides = new LinkedHashMap<>();

  Sides with(String name, Runnable side) {
    sides.put(name, side);
    return this;
  }

  /**
   * The median seconds of each side over {@code rounds}, after {@code warmups} that do not count.
   */
  Map<String, Double> medians(int warmups, int rounds) {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    sides.keySet().forEach(name -> seconds.put(name, new double[rounds]));
    for (int round = -warmups; round < rounds; round++) {
      for (Map.Entry<String, Runnable> side : sides.entrySet()) {
        long start = System.nanoTime();
        side.getValue().run();
        if (round >= 0) {
          seconds.get(side.getKey())[round] = (System.nanoTime() - start) * 1e-9;
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach(
        (name, all) -> {
          Arrays.sort(all);
          medians.put(name, all[all.length / 2]);
        });
    return medians;
  }
}
