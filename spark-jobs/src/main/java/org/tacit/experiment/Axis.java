package org.tacit.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One of the two axes of a chart.
 *
 * @param shown values that it reaches to whatever is drawn
 * @param names of the values 1, 2, ...; empty where numbers are named
 */
record Axis(String title, boolean isLogarithmic, List<Double> shown, List<String> names) {
  private static final double MARGIN = 0.04;

  static Axis straight(String title, Double... shown) {
    return new Axis(title, false, Arrays.asList(shown), List.of());
  }

  static Axis logarithmic(String title, Double... shown) {
    return new Axis(title, true, Arrays.asList(shown), List.of());
  }

  static Axis of(List<String> names) {
    return new Axis("", false, List.of(0.5, names.size() + 0.5), names);
  }

  boolean hasPlaceFor(double value) {
    return Double.isFinite(value) && (value > 0 || !isLogarithmic);
  }

  /** Long enough for these values. */
  Scale scale(DoubleStream values) {
    var all = DoubleStream.concat(values, shown.stream().mapToDouble(v -> v)).summaryStatistics();
    return new Scale(this, all.getMin(), all.getMax());
  }

  /** An axis from its least to its largest value. */
  record Scale(Axis axis, double lo, double hi) {
    /** The place of a value between two ends, from which lo and hi are a little apart. */
    double at(double value, double from, double to) {
      double share =
          axis.isLogarithmic ? Math.log(value / lo) / Math.log(hi / lo) : (value - lo) / (hi - lo);
      double inside = hi > lo ? MARGIN + (1 - 2 * MARGIN) * share : 0.5;
      return from + inside * (to - from);
    }

    Ticks ticks() {
      if (!axis.names.isEmpty()) {
        IntStream places = IntStream.rangeClosed(1, axis.names.size());
        return new Ticks(places.asDoubleStream().boxed().toList(), axis.names);
      }
      return axis.isLogarithmic ? Ticks.logarithmic(lo, hi) : Ticks.straight(lo, hi);
    }
  }
}
