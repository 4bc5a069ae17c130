package org.tacit.experiment;

import java.awt.BasicStroke;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * Curves of repeated runs, of equal abscissae, as three: the median, thick, and dashed what a tenth
 * of them are below and what a tenth are above.
 */
record Spread<T>(XYChart chart, List<List<T>> runs, ToDoubleFunction<T> x) {
  private static final double[] PARTS = {0.5, 0.1, 0.9};
  private static final float[] DASHES = {6, 4};

  /** The next curves. */
  void add(Look look, String name, ToDoubleFunction<T> y) {
    List<Integer> points = IntStream.range(0, runs.get(0).size()).boxed().toList();
    for (double part : PARTS) {
      String label = name + (part == 0.5 ? "" : part < 0.5 ? ", a tenth" : ", nine tenths");
      var dashed =
          new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
      Charts.line(
              chart,
              look,
              label,
              points,
              k -> x.applyAsDouble(runs.get(0).get(k)),
              k -> quantile(part, k, y))
          .setLineStyle(part == 0.5 ? new BasicStroke(3) : dashed)
          .setShowInLegend(part == 0.5);
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
