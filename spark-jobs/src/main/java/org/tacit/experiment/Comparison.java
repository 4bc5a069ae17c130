package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.matrix.Matrix;

/** Gradients in several ways beside a true one: how far they are from it, and what they cost. */
final class Comparison {
  /** From where on a gradient is not that of the problem solved. */
  private static final double FAR = 1e-2;

  private static final String HOLLOW = "hollow: more than 1 % from the gradient of the solution";

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

    static Found of(BilevelProblem.ThroughIterations found) {
      return new Found(found.outerValue(), found.gradient(), true);
    }
  }

  /** One way in one chart. */
  record Curve(String chart, String way, Look look) {}

  /** One gradient: of which curve, and at which number of the axis. */
  private record Side(Curve curve, double at, Cost<Found> cost, Found exact) {
    String chart() {
      return curve.chart;
    }

    double error() {
      return cost.value().gradient.minus(exact.gradient).norm() / exact.gradient.norm();
    }

    double lossError() {
      return Math.abs(cost.value().loss / exact.loss - 1);
    }

    double unsolved() {
      return cost.value().isSolved ? 0 : 1;
    }

    boolean isFar() {
      return !(error() <= FAR) || !cost.value().isSolved;
    }

    double seconds() {
      return cost.seconds();
    }

    /** NaN where it could not be measured. */
    double bytes() {
      OptionalLong bytes = cost.bytes();
      return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
    }
  }

  /** Takes a gradient of a curve, and what it cost. */
  void add(Curve curve, double at, Cost<Found> cost, Found exact) {
    Side side = new Side(curve, at, cost, exact);
    sides.add(side);
    String memory =
        cost.bytes().isPresent()
            ? String.format(Locale.ROOT, ", %.2f MB", 1e-6 * side.bytes())
            : "";
    String warning = side.unsolved() > 0 ? " (its linear system was not solved)" : "";
    setup.say(
        "%s: error %.1e, %.3f s%s%s", title(side), side.error(), side.seconds(), memory, warning);
  }

  private String title(Side side) {
    return String.format(
        Locale.ROOT, "%s, %.0f %s, %s", side.chart(), side.at, axis, side.curve.way);
  }

  /** Adds all: errors are equal when run again, costs are not. */
  Findings to(Findings findings) {
    for (Side side : sides) {
      findings.withCost(title(side) + ", seconds", side.seconds());
      side.cost.bytes().ifPresent(b -> findings.withCost(title(side) + ", peak bytes", b));
    }
    findings
        .with("unsolvedSystems", sides.stream().mapToDouble(Side::unsolved).sum())
        .with("gradientsOffByMoreThanOnePercent", sides.stream().filter(Side::isFar).count())
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
            column("seconds", Side::seconds),
            column("peak bytes", Side::bytes));
    draw(findings, "gradients", "relative error of the gradient", Side::error);
    draw(findings, "costs-seconds", "seconds a gradient", Side::seconds);
    draw(findings, "costs-memory", "peak of live memory, MB", side -> 1e-6 * side.bytes());
    return findings;
  }

  /** Charts with one axis of values for all. What is zero, or unknown, is not drawn. */
  private void draw(Findings to, String name, String unit, ToDoubleFunction<Side> value) {
    List<Side> drawn = sides.stream().filter(side -> value.applyAsDouble(side) > 0).toList();
    if (drawn.isEmpty()) {
      return;
    }
    DoubleSummaryStatistics range = drawn.stream().mapToDouble(value).summaryStatistics();
    List<Chart> charts = new ArrayList<>();
    for (String title : drawn.stream().map(Side::chart).distinct().toList()) {
      List<Side> own = drawn.stream().filter(side -> side.chart().equals(title)).toList();
      String named = charts.isEmpty() ? unit : "";
      Axis up = Axis.logarithmic(named, range.getMin() / 1.5, range.getMax() * 1.5);
      Chart chart = new Chart(title, Axis.logarithmic(axis), up);
      for (Curve curve : own.stream().map(Side::curve).distinct().toList()) {
        List<Side> points = own.stream().filter(s -> s.curve.equals(curve)).toList();
        List<Side> far = points.stream().filter(Side::isFar).toList();
        chart.add(curve.way, curve.look.markedLine(), points, Side::at, value);
        chart.add("", curve.look.marks(true), far, Side::at, value);
      }
      charts.add(chart);
    }
    to.with(Panels.of(name, charts, drawn.stream().anyMatch(Side::isFar) ? HOLLOW : ""));
  }
}
