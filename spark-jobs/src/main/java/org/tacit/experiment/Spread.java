package org.tacit.experiment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Curves of repeated runs, of equal abscissae, as three: the median, thick, and dashed what a tenth
 * of them are below and what a tenth are above.
 */
record Spread<T>(Chart chart, List<List<T>> runs, ToDoubleFunction<T> x) {
  private static final double[] PARTS = {0.5, 0.1, 0.9};

  /** The next curves. */
  void add(Look look, String name, ToDoubleFunction<T> y) {
    List<Integer> points = IntStream.range(0, runs.get(0).size()).boxed().toList();
    for (double part : PARTS) {
      chart.add(
          part == 0.5 ? name : "",
          look.line(part == 0.5 ? Look.stroke(3) : Look.stroke(1.5f, 6, 4)),
          points,
          k -> x.applyAsDouble(runs.get(0).get(k)),
          k -> quantile(part, k, y));
    }
  }

  /** Says what the curves are. */
  String note(String of) {
    return "thick: the median of " + runs.size() + " " + of + "; thin: a tenth, nine tenths";
  }

  private double quantile(double part, int k, ToDoubleFunction<T> y) {
    double[] sorted =
        runs.stream().mapToDouble(run -> y.applyAsDouble(run.get(k))).sorted().toArray();
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }
}
