package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Table;
import org.tacit.program.Program;
import org.tacit.result.Decimal;

/**
 * Implicit MAML on sines ({@link Adaptation}): Adam on the meta-weights, fresh tasks each step, by
 * implicit and by first-order gradients from the same start, judged by tasks never trained on.
 * Source: Rajeswaran, Finn, Kakade and Levine 2019.
 */
final class MetaLearning {
  private static final int JUDGED = 20;
  private static final int UNSEEN = 50;
  private static final int CURVE = 201;

  private MetaLearning() {}

  /** Mean squared errors of unseen tasks after a number of steps. */
  private record Point(int step, double implicit, double firstOrder) {}

  /** One seed's way. */
  private record Trained(int seed, List<Point> curve, Matrix start, Matrix implicit) {
    Point at(int k) {
      return curve.get(k);
    }

    Point last() {
      return curve.get(curve.size() - 1);
    }
  }

  static Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "hidden", "tasks", "points", "queries", "strength", "steps", "rate", "seeds");
    int hidden = settings.integer("hidden", 40, 1);
    RowNetwork network = RowNetwork.of(1, hidden, hidden, 1);
    SineTasks tasks =
        new SineTasks(settings.integer("points", 10, 1), settings.integer("queries", 30, 2));
    double strength = settings.number("strength", 2, v -> v > 0, "> 0");
    int count = settings.integer("tasks", 25, 1);
    int steps = settings.integer("steps", 200, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int seeds = settings.integer("seeds", 3, 1);
    Adaptation adaptation = new Adaptation(network, tasks, strength);
    Program error = adaptation.error();
    Program toImplicit = adaptation.implicit();
    Program toFirst = adaptation.firstOrder();
    List<Trained> trained = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      Random random = new Random(seed);
      Matrix start = network.random(random);
      Table unseen = tasks.draw(UNSEEN, new Random(random.nextLong()));
      Matrix implicit = start;
      Matrix first = start;
      Adam ofImplicit = new Adam(rate, start);
      Adam ofFirst = new Adam(rate, start);
      List<Point> curve = new ArrayList<>();
      for (int s = 0; s <= steps; s++) {
        if (s % JUDGED == 0 || s == steps) {
          double now = Adaptation.found(error, unseen, implicit).value();
          curve.add(new Point(s, now, Adaptation.found(error, unseen, first).value()));
        }
        Table drawn = tasks.draw(count, random);
        double length = (1 + Math.cos(Math.PI * s / (steps + 1))) / 2;
        implicit = ofImplicit.next(implicit, Adaptation.found(toImplicit, drawn, implicit), length);
        first = ofFirst.next(first, Adaptation.found(toFirst, drawn, first), length);
      }
      trained.add(new Trained(seed, curve, start, implicit));
      Point last = curve.get(curve.size() - 1);
      setup.say(
          "seed %d: error %s without meta-training, implicit %s, first order %s",
          seed,
          Decimal.of(curve.get(0).implicit, 3),
          Decimal.of(last.implicit, 3),
          Decimal.of(last.firstOrder, 3));
    }
    SineTasks fine = new SineTasks(tasks.points(), CURVE);
    return findings(trained, fine, new Adaptation(network, fine, strength).predictions());
  }

  private static Findings findings(List<Trained> trained, SineTasks tasks, Program predictions) {
    Chart chart =
        new Chart(
            "Sines never trained on, after adaptation",
            Axis.straight("meta-step (0: no meta-training)"),
            Axis.straight("mean squared error", 0.0));
    var spread = new Spread<>(chart, trained.stream().map(Trained::curve).toList(), Point::step);
    spread.add(Look.IMPLICIT, "implicit gradients", Point::implicit);
    spread.add(Look.PLAIN, "first-order gradients", Point::firstOrder);
    double[] ratios =
        trained.stream().mapToDouble(t -> t.last().implicit / t.at(0).implicit).sorted().toArray();
    return new Findings()
        .with("weights", trained.get(0).start.size())
        .with("meanRatio", Arrays.stream(ratios).average().orElse(0))
        .with("ratios", Arrays.stream(ratios).boxed().toList())
        .with(
            "meta-learning.csv",
            "seed",
            trained,
            t -> t.seed,
            column("no meta-training", t -> t.at(0).implicit),
            column("implicit", t -> t.last().implicit),
            column("first order", t -> t.last().firstOrder))
        .with(Panels.of("meta-learning", List.of(chart), spread.note("seeds")))
        .with(
            Panels.of(
                "adapted-sines",
                IntStream.range(0, 3)
                    .mapToObj(
                        i ->
                            sine(
                                "Unseen sine " + (i + 1),
                                tasks,
                                tasks.rows(1, new Random(i), tasks::grid),
                                predictions,
                                trained.get(0)))
                    .toList(),
                ""));
  }

  private static Chart sine(
      String title, SineTasks tasks, Matrix row, Program predictions, Trained trained) {
    Table table = tasks.table(row);
    Matrix adapted = Adaptation.found(predictions, table, trained.implicit);
    Matrix naive = Adaptation.found(predictions, table, trained.start);
    Chart chart = new Chart(title, Axis.straight("x"), Axis.straight("y", -5.5, 5.5));
    int n = tasks.points();
    int queries = tasks.queries();
    List<Integer> all = IntStream.range(0, queries).boxed().toList();
    chart.add("meta-trained", Look.IMPLICIT.line(), all, tasks::grid, adapted::at);
    chart.add("not meta-trained", Look.PLAIN.line(), all, tasks::grid, naive::at);
    chart.add("sine", Look.REFERENCE.line(), all, tasks::grid, j -> row.at(2 * n + queries + j));
    chart.add("points to adapt to", Style.POINTS, all.subList(0, n), row::at, j -> row.at(n + j));
    return chart;
  }
}
