package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.result.CsvFile;

/**
 * Task-driven dictionary learning against an unsupervised dictionary and logistic regressions on
 * the features: areas under the curve on the test rows of repeated splits, penalties and the number
 * of steps chosen on the validation rows. Source: Mairal, Bach and Ponce 2012.
 */
final class Dictionary implements Experiment {
  private static final int JUDGED = 10;
  private static final List<String> METHODS =
      List.of("l1 logistic", "l2 logistic", "dictionary + l2 logistic", "task-driven dictionary");

  @Override
  public String name() {
    return "dictionary";
  }

  @Override
  public String shows() {
    return "areas under the curve: task-driven dictionary, unsupervised one, l1 and l2 logistic";
  }

  @Override
  public String reference() {
    return "table 2";
  }

  @Override
  public String takes() {
    return "2 min";
  }

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "data",
            "label",
            "atoms",
            "l1",
            "l2",
            "ridge",
            "unsupervised",
            "supervised",
            "rate",
            "splits");
    int atoms = settings.integer("atoms", 10, 1);
    double l1 = settings.number("l1", 0.2, v -> v > 0, "> 0");
    double l2 = settings.number("l2", 0.1, v -> v > 0, "> 0");
    double ridge = settings.number("ridge", 1e-3, v -> v >= 0, ">= 0");
    int unsupervised = settings.integer("unsupervised", 60, 1);
    int supervised = settings.integer("supervised", 60, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int splits = settings.integer("splits", 10, 2);
    Samples read =
        Samples.ofCsv(
            setup.file(settings.requiredText("data")), settings.text("label").orElse("y"));
    Samples all = new Samples(read.features(), signs(read.labels()));
    Codes codes = new Codes(new Rows("rows", all.table().schema()), atoms, l1, l2, ridge);
    List<double[]> areas = new ArrayList<>();
    for (int seed = 1; seed <= splits; seed++) {
      Learning learning = Learning.of(codes, all, rate, seed);
      Matrix theta = learning.unsupervised(unsupervised);
      areas.add(learning.areas(theta, supervised));
      setup.say(
          "dictionary: split %d of %d, areas %s",
          seed, splits, Arrays.toString(areas.get(seed - 1)));
    }
    return findings(settings.requiredText("data").replaceFirst(".*/", ""), areas);
  }

  /** 1 for the larger of two labels, -1 for the other. */
  static Matrix signs(Matrix labels) {
    double[] values = Arrays.stream(labels.toArray()).distinct().sorted().toArray();
    if (values.length != 2) {
      throw new ConfigException(
          "Invalid labels: " + values.length + " different values (must be 2, of two classes)");
    }
    return labels.map(y -> y == values[1] ? 1 : -1);
  }

  /** One split: its rows, standardised by those to train on, and its seed. */
  private record Learning(
      Codes codes, Samples train, SignRegression.Parts parts, double rate, int seed) {
    static Learning of(Codes codes, Samples all, double rate, int seed) {
      List<Samples> cut = all.split(seed, 0.6, 0.2, 0.2);
      List<Samples> scaled = cut.stream().map(part -> part.standardisedLike(cut.get(0))).toList();
      return new Learning(
          codes,
          scaled.get(0),
          new SignRegression.Parts(
              scaled.get(0).table(), scaled.get(1).table(), scaled.get(2).table()),
          rate,
          seed);
    }

    Matrix unsupervised(int steps) {
      Matrix theta = codes.start(train, new Random(seed));
      Adam adam = new Adam(rate, theta);
      for (int s = 0; s < steps; s++) {
        theta = codes.bounded(adam.next(theta, codes.unsupervised(parts.train(), theta), 1));
      }
      return theta;
    }

    /** Test areas in the order of {@link #METHODS}. */
    double[] areas(Matrix atoms, int steps) {
      SignRegression ofFeatures = new SignRegression(parts, "features");
      SignRegression.Parts coded = codes.of(parts, atoms);
      SignRegression ofCodes = new SignRegression(coded, "codes");
      SignRegression.Fit start = ofCodes.bestL2(coded);
      SignRegression.Fit best = start;
      Matrix theta = codes.with(atoms, start.x());
      Adam adam = new Adam(rate, theta);
      for (int s = 1; s <= steps; s++) {
        theta = codes.bounded(adam.next(theta, codes.supervised(parts.train(), theta), 1));
        if (s % JUDGED == 0) {
          SignRegression.Fit now = ofCodes.judged(codes.of(parts, theta), codes.weights(theta));
          best = now.validation() >= best.validation() ? now : best;
        }
      }
      return new double[] {
        ofFeatures.bestL1(parts).test(), ofFeatures.bestL2(parts).test(), start.test(), best.test()
      };
    }
  }

  private static Findings findings(String data, List<double[]> areas) {
    Findings findings = new Findings().with("splits", areas.size());
    XYChart chart =
        Charts.linear(
            data + ", " + areas.size() + " splits: mean and 95 % interval",
            "method",
            "area under the curve, percent");
    chart
        .getStyler()
        .setXAxisTicksVisible(false)
        .setXAxisMin(0.5)
        .setXAxisMax(METHODS.size() + 0.5);
    Charts.legendBelow(chart);
    for (int m = 0; m < METHODS.size(); m++) {
      int method = m;
      Interval interval = Interval.of(areas.stream().mapToDouble(a -> 100 * a[method]).toArray());
      findings.with(METHODS.get(m), Map.of("mean", interval.mean, "halfWidth", interval.halfWidth));
      Charts.interval(chart, METHODS.get(m), m + 1, interval.mean, interval.halfWidth);
    }
    Interval gain = Interval.of(areas.stream().mapToDouble(a -> 100 * (a[3] - a[2])).toArray());
    return findings
        .with("gainOverUnsupervised", gain.mean)
        .with("gainHalfWidth", gain.halfWidth)
        .with(
            new CsvFile(
                "dictionary.csv",
                List.of("split", "l1", "l2", "unsupervised", "task-driven"),
                IntStream.rangeClosed(1, areas.size()).mapToObj(Integer::toString).toList(),
                Matrix.adopting(
                    areas.size(),
                    METHODS.size(),
                    areas.stream().flatMapToDouble(DoubleStream::of).toArray())))
        .with(Picture.of("dictionary", chart));
  }

  /** A mean and 1.96 of its standard errors. */
  private record Interval(double mean, double halfWidth) {
    static Interval of(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      return new Interval(mean, 1.96 * Math.sqrt(squares / (values.length - 1) / values.length));
    }
  }
}
