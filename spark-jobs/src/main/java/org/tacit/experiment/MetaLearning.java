package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

/**
 * Implicit MAML on sines ({@link Adaptation}): Adam on the meta-weights, fresh tasks each step,
 * with implicit and with first-order gradients from the same start, judged by tasks never trained
 * on. Source: Rajeswaran, Finn, Kakade and Levine 2019.
 */
final class MetaLearning implements Experiment {
  @Override
  public String name() {
    return "meta-learning";
  }

  @Override
  public String shows() {
    return "error after adaptation to a few points of a sine: implicit MAML, first order, none";
  }

  @Override
  public String reference() {
    return "implicit MAML";
  }

  @Override
  public String takes() {
    return "4 min";
  }

  /** Mean squared errors of new tasks after a number of steps. */
  private record Point(int step, double implicit, double firstOrder) {}

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "hidden",
            "tasks",
            "points",
            "queries",
            "strength",
            "steps",
            "rate",
            "every",
            "test",
            "seed");
    RowNetwork network = new RowNetwork(settings.integer("hidden", 40, 1));
    SineTasks tasks =
        new SineTasks(settings.integer("points", 10, 1), settings.integer("queries", 20, 2));
    Adaptation adaptation =
        new Adaptation(network, tasks, settings.number("strength", 2, v -> v > 0, "> 0"));
    int count = settings.integer("tasks", 25, 1);
    int steps = settings.integer("steps", 300, 1);
    int every = settings.integer("every", 10, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int test = settings.integer("test", 100, 1);
    Random random = new Random(settings.integer("seed", 1, 0));

    Matrix start = network.random(random);
    Random ofTest = new Random(random.nextLong());
    var unseen = tasks.draw(test, 2, ofTest);
    Matrix implicit = start;
    Matrix first = start;
    Adam ofImplicit = new Adam(rate, start);
    Adam ofFirst = new Adam(rate, start);
    List<Point> curve = new ArrayList<>();
    for (int s = 0; s <= steps; s++) {
      if (s % every == 0 || s == steps) {
        curve.add(
            new Point(s, adaptation.error(unseen, implicit), adaptation.error(unseen, first)));
        Point now = curve.get(curve.size() - 1);
        setup.say("step %d: implicit %.4f, first order %.4f", s, now.implicit, now.firstOrder);
      }
      var drawn = tasks.draw(count, 2, random);
      double length = (1 + Math.cos(Math.PI * s / steps)) / 2;
      implicit = ofImplicit.next(implicit, adaptation.implicit(drawn, implicit), length);
      first = ofFirst.next(first, adaptation.firstOrder(drawn, first), length);
    }
    Point before = curve.get(0);
    Point after = curve.get(curve.size() - 1);
    return new Findings()
        .with("weights", network.weights())
        .with("withoutMetaTraining", before.implicit)
        .with("implicit", after.implicit)
        .with("firstOrder", after.firstOrder)
        .with("ratioToNone", after.implicit / before.implicit)
        .with(table(curve))
        .with(Picture.of("meta-learning", chart(curve, before.implicit)))
        .with(new AdaptedSines(adaptation, ofTest).picture(start, implicit));
  }

  private static CsvFile table(List<Point> curve) {
    return new CsvFile(
        "meta-learning.csv",
        List.of("step", "implicit", "first order"),
        curve.stream().map(c -> String.format(Locale.ROOT, "%d", c.step)).toList(),
        Matrix.adopting(
            curve.size(),
            2,
            curve.stream()
                .flatMapToDouble(c -> DoubleStream.of(c.implicit, c.firstOrder))
                .toArray()));
  }

  private static XYChart chart(List<Point> curve, double none) {
    XYChart chart =
        Charts.linear(
            "Sines never trained on, after adaptation to a few points",
            "meta-step",
            "mean squared error");
    chart.getStyler().setYAxisMin(0.0);
    Charts.legendBelow(chart);
    Charts.line(chart, "implicit", curve, Point::step, Point::implicit);
    Charts.line(chart, "first order", curve, Point::step, Point::firstOrder);
    Charts.line(chart, "no meta-training", curve, Point::step, c -> none);
    return chart;
  }
}
