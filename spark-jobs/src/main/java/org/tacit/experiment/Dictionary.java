package org.tacit.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;

/**
 * Task-driven dictionary learning against an unsupervised dictionary and logistic regressions on
 * the features: areas under the curve on the test rows of repeated splits, penalties and the number
 * of steps chosen on the validation rows. Source: Mairal, Bach and Ponce 2012.
 */
final class Dictionary {
  private Dictionary() {}

  static Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "data label positive rows atoms l1 l2 ridge unsupervised supervised rate splits");
    int most = settings.integer("rows", Integer.MAX_VALUE, 10);
    int atoms = settings.integer("atoms", 10, 1);
    double l1 = settings.number("l1", 0.2, v -> v > 0, "> 0");
    double l2 = settings.number("l2", 0.1, v -> v > 0, "> 0");
    double ridge = settings.number("ridge", 1e-3, v -> v >= 0, ">= 0");
    int unsupervised = settings.integer("unsupervised", 60, 1);
    int supervised = settings.integer("supervised", 60, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int splits = settings.integer("splits", 10, 2);
    Samples read = setup.samples(settings);
    Matrix signs = signs(read.labels(), settings.numbers("positive"));
    double part = Math.min(1, most / (double) read.count());
    Samples all = new Samples(read.features(), signs).split(0, part).get(0);
    Codes codes = new Codes(new Rows("rows", all.table().schema()), atoms, l1, l2, ridge);
    Intervals areas =
        new Intervals(List.of("l1 logistic", "l2 logistic", "unsupervised", "task-driven"));
    for (int seed = 1; seed <= splits; seed++) {
      List<Samples> cut = all.split(seed, 0.6, 0.2, 0.2);
      List<Samples> scaled = cut.stream().map(of -> of.standardisedLike(cut.get(0))).toList();
      List<Table> parts = scaled.stream().<Table>map(Samples::table).toList();
      SignRegression ofFeatures = SignRegression.of(parts, "features");
      Matrix theta = codes.start(scaled.get(0).features(), new Random(seed));
      Adam adam = new Adam(rate, theta);
      for (int s = 0; s < unsupervised; s++) {
        theta = codes.next(adam, codes.unsupervised, parts.get(0), theta);
      }
      SignRegression.Fit start = codes.regression(parts, theta).best(0);
      SignRegression.Fit best = start;
      theta = codes.with(theta, start.x());
      adam = new Adam(rate, theta);
      for (int s = 1; s <= supervised; s++) {
        theta = codes.next(adam, codes.supervised, parts.get(0), theta);
        if (s % 10 == 0) {
          SignRegression.Fit now = codes.judged(parts, theta);
          best = now.validation() >= best.validation() ? now : best;
        }
      }
      areas.add(
          100 * ofFeatures.best(1).test(),
          100 * ofFeatures.best(0).test(),
          100 * start.test(),
          100 * best.test());
      setup.say("dictionary: split %d of %d, area under the curve %.4f", seed, splits, best.test());
    }
    Findings findings = new Findings().with("rows", all.count()).with("splits", splits);
    Path file = Path.of(settings.requiredText("data")).getFileName();
    String title =
        file + ", " + all.count() + " rows: mean and 95 % interval of " + splits + " splits";
    areas.to(findings, "dictionary", title, "area under the curve, percent");
    return findings;
  }

  /** 1 for the given labels, -1 for others. */
  static Matrix signs(Matrix labels, List<Double> positive) {
    Matrix signs = labels.map(y -> positive.contains(y) ? 1 : -1);
    if (Math.abs(signs.dot(Matrix.filled(signs.rows(), 1, 1))) == signs.size()) {
      throw new ConfigException(
          "Invalid positive: " + positive + " (must be some of the labels, and not all)");
    }
    return signs;
  }
}
