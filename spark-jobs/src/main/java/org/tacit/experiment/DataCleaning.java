package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelResult;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.spark.AreaUnderCurve;

/**
 * Training rows whose labels are partly wrong, weighed by hypergradient: one weight a row, tuned
 * together with the penalty on validation rows whose labels are right ({@link WeighedRows}). Wrong
 * rows should end with small weights. Beside it the same model, with a tuned penalty and rows that
 * count once, of all rows, of those whose weight did not fall, and of the right ones.
 */
final class DataCleaning {
  private final Setup setup;
  private final int iterations;
  private final int classes;
  private final Samples validation;
  private final Samples test;

  private DataCleaning(Setup setup, int iterations, int classes, Samples validation, Samples test) {
    this.setup = setup;
    this.iterations = iterations;
    this.classes = classes;
    this.validation = validation;
    this.test = test;
  }

  static Findings run(Setup setup) {
    Section settings = setup.settings("data label seed train validation corrupted iterations");
    int seed = settings.integer("seed", 1, 0);
    double train = settings.number("train", 0.6, v -> v > 0 && v < 1, "> 0 and < 1");
    double held =
        settings.number(
            "validation", 0.2, v -> v > 0 && v < 1 - train, "> 0, and less than 1 with train");
    double part = settings.number("corrupted", 0.3, v -> v > 0 && v < 1, "> 0 and < 1");
    int iterations = settings.integer("iterations", 50, 1);
    Samples all = setup.samples(settings).ofLargestOne();
    List<Samples> parts = all.split(seed, train, held, 1 - train - held);
    int classes = 1 + (int) all.labels().maxAbs();
    return new DataCleaning(setup, iterations, classes, parts.get(1), parts.get(2))
        .cleaned(parts.get(0), wrong(parts.get(0).count(), part, seed), seed);
  }

  /** So many of the rows, by seed. */
  private static Set<Integer> wrong(int rows, double part, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return new TreeSet<>(order.subList(0, (int) Math.round(part * rows)));
  }

  /** These rows with another class each, all others equally likely. */
  private Samples corrupted(Samples rows, Set<Integer> wrong, long seed) {
    Random random = new Random(seed);
    double[] labels = rows.labels().toArray();
    wrong.forEach(i -> labels[i] = (labels[i] + 1 + random.nextInt(classes - 1)) % classes);
    return new Samples(rows.features(), Matrix.column(labels));
  }

  private Findings cleaned(Samples rows, Set<Integer> wrong, long seed) {
    Samples given = corrupted(rows, wrong, seed);
    List<Integer> right =
        IntStream.range(0, rows.count()).filter(i -> !wrong.contains(i)).boxed().toList();
    BilevelResult plain = new WeighedRows(given, validation, classes).plain();
    tell("no weights", plain);
    WeighedRows weighed = new WeighedRows(given, validation, classes);
    BilevelResult tuned = weighed.tuned(plain.theta().value(), iterations, this::tell);
    tell("weights", tuned);
    double[] weights = WeighedRows.weights(tuned.theta()).toArray();
    double[] signs = new double[weights.length];
    Arrays.setAll(signs, i -> wrong.contains(i) ? -1 : 1);
    List<Integer> kept =
        IntStream.range(0, rows.count()).filter(i -> weights[i] >= 1).boxed().toList();
    BilevelResult cleaned = new WeighedRows(given.rows(kept), validation, classes).plain();
    tell("rows whose weight did not fall", cleaned);
    BilevelResult clean = new WeighedRows(given.rows(right), validation, classes).plain();
    tell("right rows alone", clean);
    return new Findings()
        .with("rows", rows.count())
        .with("wrongRows", wrong.size())
        .with("areaUnderTheCurve", AreaUnderCurve.of(weights, signs))
        .with("meanWeightOfWrongRows", mean(weights, signs, -1))
        .with("meanWeightOfRightRows", mean(weights, signs, 1))
        .with("testError", error(tuned))
        .with("testErrorWithoutWeights", error(plain))
        .with("keptRows", kept.size())
        .with("testErrorOfKeptRows", error(cleaned))
        .with("testErrorOfRightRowsAlone", error(clean))
        .with("outcome", tuned.outcome().label())
        .with(
            "weights.csv",
            "row",
            IntStream.range(0, weights.length).boxed().toList(),
            i -> i,
            column("weight", i -> weights[i]),
            column("wrong", i -> signs[i] < 0 ? 1 : 0))
        .with(Panels.of("data-cleaning", shares(weights, signs)));
  }

  private void tell(String of, BilevelResult found) {
    setup.say(
        "data-cleaning: %s: validation loss %.4f, test error %.4f, %s",
        of, found.hypergradient().outerValue(), error(found), found.outcome().label());
  }

  private void tell(int iteration, double loss) {
    setup.say("data-cleaning: step %d, validation loss %.4f", iteration, loss);
  }

  private double error(BilevelResult of) {
    Matrix w = of.inner().value().reshape(test.features().cols(), classes);
    return 1 - test.accuracy(test.features().times(w));
  }

  private static double mean(double[] weights, double[] signs, double sign) {
    return IntStream.range(0, weights.length)
        .filter(i -> signs[i] == sign)
        .mapToDouble(i -> weights[i])
        .average()
        .orElse(Double.NaN);
  }

  /** The part of right and of wrong rows whose weights are at most w. */
  private static Chart shares(double[] weights, double[] signs) {
    Chart chart =
        new Chart(
            "Rows by their tuned weights", Axis.straight("weight"), Axis.straight("part below"));
    for (double sign : new double[] {1, -1}) {
      double[] own =
          IntStream.range(0, weights.length)
              .filter(i -> signs[i] == sign)
              .mapToDouble(i -> weights[i])
              .sorted()
              .toArray();
      chart.add(
          sign > 0 ? "rows with their own labels" : "rows with wrong labels",
          sign > 0 ? Look.IMPLICIT.line() : Look.UNROLLED.line(),
          IntStream.range(0, own.length).boxed().toList(),
          i -> own[i],
          i -> (i + 1.0) / own.length);
    }
    return chart;
  }
}
