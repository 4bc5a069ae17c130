package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;

/**
 * A deep-equilibrium layer on digits ({@link DeepEquilibrium}), trained by implicit gradients,
 * against the same network unrolled, trained by the gradients of its iterations: Adam on the same
 * batches from the same weights. Source: Bai, Kolter and Koltun 2019.
 */
record Equilibrium(List<Table> batches, Table test, int epochs, double rate, int seed) {
  static Findings run(Setup setup) {
    Section settings =
        setup.settings("data label units radius iterations batch epochs rate seeds depths");
    double radius = settings.number("radius", 0.9, v -> v > 0 && v < 1, "> 0 and < 1");
    DeepEquilibrium.Size size =
        new DeepEquilibrium.Size(10, settings.integer("units", 40, 1), radius);
    int iterations = settings.integer("iterations", 10, 1);
    int batch = settings.integer("batch", 100, 1);
    int epochs = settings.integer("epochs", 30, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int seeds = settings.integer("seeds", 3, 1);
    Samples all = setup.samples(settings).ofLargestOne();
    Rows rows = new Rows("rows", all.rows(List.of(0)).table().schema());
    DeepEquilibrium implicit = DeepEquilibrium.of(rows, size, 0);
    DeepEquilibrium unrolled = DeepEquilibrium.of(rows, size, iterations);
    double[] ofImplicit = new double[epochs + 1];
    double[] ofUnrolled = new double[epochs + 1];
    List<Matrix> trained = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      List<Samples> parts = all.split(seed, 2.0 / 3, 1.0 / 3);
      Table test = parts.get(1).table();
      Equilibrium training = new Equilibrium(parts.get(0).batches(batch), test, epochs, rate, seed);
      trained.add(training.weights(implicit, ofImplicit, 1.0 / seeds));
      training.weights(unrolled, ofUnrolled, 1.0 / seeds);
      setup.say("equilibrium: split %d of %d", seed, seeds);
    }
    Matrix weights = trained.get(0);
    Table train = all.split(1, 2.0 / 3).get(0).table();
    Comparison comparison = new Comparison(setup, "iterations unrolled");
    String chart = "One gradient of the trained layer";
    Comparison.Curve fixed = new Comparison.Curve(chart, "implicit", Look.IMPLICIT);
    Comparison.Curve deep = new Comparison.Curve(chart, "unrolled", Look.UNROLLED);
    Comparison.Found exact = implicit.found(train, weights);
    Cost<Comparison.Found> once = setup.cost(() -> implicit.found(train, weights));
    for (int k : settings.someIntegers("depths", "numbers of iterations, >= 1")) {
      DeepEquilibrium network = DeepEquilibrium.of(rows, size, k);
      comparison.add(fixed, k, once, exact);
      comparison.add(deep, k, setup.cost(() -> network.found(train, weights)), exact);
    }
    return errors(comparison.to(new Findings()), ofImplicit, ofUnrolled, iterations);
  }

  /** The weights after all epochs; test errors by epoch, percent, are added to the curve. */
  private Matrix weights(DeepEquilibrium network, double[] curve, double share) {
    Random random = new Random(seed);
    Matrix theta = network.random(random);
    Adam adam = new Adam(rate, theta);
    List<Table> order = new ArrayList<>(batches);
    curve[0] += share * network.errorPercent(test, theta);
    for (int e = 0; e < epochs; e++) {
      Collections.shuffle(order, random);
      double length = (1 + Math.cos(Math.PI * e / epochs)) / 2;
      for (Table table : order) {
        Matrix gradient = network.found(table, theta).gradient();
        theta = network.contracting(adam.next(theta, gradient, length));
      }
      curve[e + 1] += share * network.errorPercent(test, theta);
    }
    return theta;
  }

  private static Findings errors(
      Findings findings, double[] implicit, double[] unrolled, int iterations) {
    Chart chart =
        new Chart(
            "Digits by a deep-equilibrium layer",
            Axis.straight("epoch"),
            Axis.straight("mean test error, percent"));
    List<Integer> epochs = IntStream.range(1, implicit.length).boxed().toList();
    String times = "unrolled " + iterations + " times";
    chart.add("fixed point, implicit", Look.IMPLICIT.line(), epochs, e -> e, e -> implicit[e]);
    chart.add(times, Look.UNROLLED.line(), epochs, e -> e, e -> unrolled[e]);
    return findings
        .with("errorPercentImplicit", implicit[implicit.length - 1])
        .with("errorPercentUnrolled", unrolled[implicit.length - 1])
        .with(
            "equilibrium.csv",
            "epoch",
            epochs,
            e -> e,
            column("implicit error percent", e -> implicit[e]),
            column("unrolled error percent", e -> unrolled[e]))
        .with(Panels.of("equilibrium", chart));
  }
}
