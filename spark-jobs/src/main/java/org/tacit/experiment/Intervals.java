package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * One number of several methods, repeated n times: means and 95 % intervals, of which half is the
 * standard error times the 97.5 % quantile of Student's t with n - 1 degrees of freedom.
 */
final class Intervals {
  private final List<String> methods;
  private final List<double[]> rounds = new ArrayList<>();

  Intervals(List<String> methods) {
    this.methods = methods;
  }

  /** A round more: a value of each method. */
  void add(double... values) {
    rounds.add(values.clone());
  }

  private double[] of(int method) {
    return rounds.stream().mapToDouble(round -> round[method]).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double halfWidth(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int freedom = values.length - 1;
    double quantile = new TDistribution(freedom).inverseCumulativeProbability(0.975);
    return quantile * Math.sqrt(squares / freedom / values.length);
  }

  private static Map<String, Double> interval(double[] values) {
    Map<String, Double> interval = new LinkedHashMap<>();
    interval.put("mean", mean(values));
    interval.put("halfWidth", halfWidth(values));
    return interval;
  }

  /** Adds a table and a picture of that name, and how far the last method is above the others. */
  void to(Findings findings, String name, String title, String unit) {
    int last = methods.size() - 1;
    Chart chart = new Chart(title, Axis.of(methods), Axis.straight(unit));
    for (int m = 0; m <= last; m++) {
      String method = methods.get(m);
      double[] values = of(m);
      findings.with(method, interval(values));
      double[] gains =
          rounds.stream().mapToDouble(r -> r[last] - r[methods.indexOf(method)]).toArray();
      if (m < last) {
        findings.with(methods.get(last) + " above " + method, interval(gains));
      }
      Look look = m == last ? Look.IMPLICIT : Look.PLAIN;
      chart.interval(look.marks(false), m + 1, mean(values), halfWidth(values));
    }
    List<Integer> all = IntStream.range(0, rounds.size()).boxed().toList();
    findings.with(name + ".csv", "round", all, round -> round + 1, columns());
    findings.with(Panels.of(name, chart));
  }

  private List<Findings.Column<Integer>> columns() {
    return IntStream.range(0, methods.size())
        .mapToObj(m -> Findings.<Integer>column(methods.get(m), r -> rounds.get(r)[m]))
        .toList();
  }
}
