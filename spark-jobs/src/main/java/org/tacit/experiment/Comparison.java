package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.tacit.bilevel.Hypergradient;
import org.tacit.bilevel.UnrolledHypergradient;
import org.tacit.matrix.Matrix;

/** Gradients in several ways beside a true one: how far they are from it, and what they cost. */
final class Comparison {
  private static final double SMALLEST_MEGABYTES = 0.01;

  private final Setup setup;
  private final String axis;
  private final List<Side> sides = new ArrayList<>();

  /**
   * @param axis what the numbers are that gradients are compared by
   */
  Comparison(Setup setup, String axis) {
    this.setup = setup;
    this.axis = axis;
  }

  /** A loss and its gradient, and whether the linear system behind it was solved. */
  record Found(double loss, Matrix gradient, boolean isSolved) {
    static Found of(Hypergradient found) {
      boolean isSolved = found.adjoint().outcome().isConverged();
      return new Found(found.outerValue(), found.gradient(), isSolved);
    }

    static Found of(UnrolledHypergradient found) {
      return new Found(found.outerValue(), found.gradient(), true);
    }
  }

  /** One gradient: in which chart, which way, and at which number of the axis. */
  private record Side(String chart, String way, double at, Cost<Found> cost, Found exact) {
    double error() {
      return cost.value().gradient.minus(exact.gradient).norm() / exact.gradient.norm();
    }

    double lossError() {
      return Math.abs(cost.value().loss / exact.loss - 1);
    }

    double unsolved() {
      return cost.value().isSolved ? 0 : 1;
    }

    double megabytes() {
      return Math.max(SMALLEST_MEGABYTES, 1e-6 * cost.bytes());
    }
  }

  /** Takes a gradient, and what it costs. */
  void add(String chart, String way, double at, Supplier<Found> work, Found exact) {
    Side side = new Side(chart, way, at, setup.cost(work), exact);
    sides.add(side);
    setup.say(
        "%s: error %.1e, %.3f s, %.2f MB",
        title(side), side.error(), side.cost.seconds(), side.megabytes());
  }

  private String title(Side side) {
    return String.format(Locale.ROOT, "%s, %.0f %s, %s", side.chart, side.at, axis, side.way);
  }

  /** Adds all: errors are equal when run again, costs are not. */
  Findings to(Findings findings) {
    for (Side side : sides) {
      findings.withCost(title(side) + ", seconds", side.cost.seconds());
      findings.withCost(title(side) + ", peak bytes", side.cost.bytes());
    }
    return findings
        .with("unsolvedSystems", sides.stream().mapToDouble(Side::unsolved).sum())
        .with("mostErrorOfLosses", sides.stream().mapToDouble(Side::lossError).max().orElse(0))
        .with("mostErrorOfGradients", sides.stream().mapToDouble(Side::error).max().orElse(0))
        .with(
            "gradients.csv",
            "gradient",
            sides,
            this::title,
            column(axis, Side::at),
            column("loss", side -> side.cost.value().loss),
            column("norm of the gradient", side -> side.cost.value().gradient.norm()),
            column("relative error", Side::error),
            column("unsolved systems", Side::unsolved))
        .with(
            "costs.csv",
            "gradient",
            sides,
            this::title,
            column("seconds", side -> side.cost.seconds()),
            column("peak bytes", side -> side.cost.bytes()))
        .with(picture("gradients", "relative error of the gradient", Side::error))
        .with(picture("costs-seconds", "seconds a gradient", side -> side.cost.seconds()))
        .with(picture("costs-memory", "most live memory, MB", Side::megabytes));
  }

  /** Charts with one axis of values for all; what is zero has no logarithm. */
  private Picture picture(String name, String unit, ToDoubleFunction<Side> value) {
    List<Side> drawn = sides.stream().filter(side -> value.applyAsDouble(side) > 0).toList();
    DoubleSummaryStatistics range = drawn.stream().mapToDouble(value).summaryStatistics();
    List<XYChart> charts = new ArrayList<>();
    for (String title : drawn.stream().map(Side::chart).distinct().toList()) {
      List<Side> own = drawn.stream().filter(side -> side.chart.equals(title)).toList();
      XYChart chart = Charts.logarithmic(title, axis, unit);
      for (String way : own.stream().map(Side::way).distinct().toList()) {
        List<Side> curve = own.stream().filter(side -> side.way.equals(way)).toList();
        Charts.line(chart, way, curve, Side::at, value);
      }
      chart.getStyler().setYAxisMin(range.getMin() / 2).setYAxisMax(range.getMax() * 2);
      Charts.legendBelow(chart);
      charts.add(chart);
    }
    return charts.size() == 1 ? Picture.of(name, charts.get(0)) : Picture.beside(name, charts);
  }
}
