package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.result.CsvFile;

/**
 * A deep-equilibrium layer on digits ({@link DeepEquilibrium}), trained by implicit gradients,
 * against the same network unrolled, trained by the gradients of its iterations: Adam on the same
 * batches from the same weights. Source: Bai, Kolter and Koltun 2019.
 */
final class Equilibrium implements Experiment {
  private static final int CLASSES = 10;
  private static final int MOST_ITERATIONS = 128;

  @Override
  public String name() {
    return "equilibrium";
  }

  @Override
  public String shows() {
    return "digits by a fixed point of a small network, against the network unrolled: accuracy, memory";
  }

  @Override
  public String reference() {
    return "deep equilibrium models";
  }

  @Override
  public String takes() {
    return "3 min";
  }

  /** Batches to train on, and what to judge by. */
  private record Parts(List<Table> batches, Table train, Table test) {
    static Parts of(Samples all, int batch, int seed) {
      List<Samples> parts = all.split(seed, 2.0 / 3, 1.0 / 3);
      Samples train = parts.get(0);
      List<Table> batches = new ArrayList<>();
      for (int from = 0; from < train.count(); from += batch) {
        int to = Math.min(train.count(), from + batch);
        batches.add(train.rows(IntStream.range(from, to).boxed().toList()).table());
      }
      return new Parts(batches, train.table(), parts.get(1).table());
    }
  }

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "data", "label", "units", "radius", "iterations", "batch", "epochs", "rate", "seeds");
    int units = settings.integer("units", 40, 1);
    double radius = settings.number("radius", 0.9, v -> v > 0 && v < 1, "> 0 and < 1");
    int iterations = settings.integer("iterations", 10, 1);
    int batch = settings.integer("batch", 100, 1);
    int epochs = settings.integer("epochs", 30, 1);
    double rate = settings.number("rate", 1e-2, v -> v > 0, "> 0");
    int seeds = settings.integer("seeds", 3, 1);
    Samples read =
        Samples.ofCsv(
            setup.file(settings.requiredText("data")), settings.text("label").orElse("y"));
    Samples all = new Samples(read.features().times(1.0 / 16), read.labels());
    Rows rows = new Rows("rows", all.rows(List.of(0)).table().schema());
    DeepEquilibrium implicit =
        new DeepEquilibrium(rows, CLASSES, units, radius, DeepEquilibrium.equilibrium(units));
    DeepEquilibrium unrolled =
        new DeepEquilibrium(
            rows, CLASSES, units, radius, DeepEquilibrium.unrolled(units, iterations));
    Curve ofImplicit = new Curve(epochs);
    Curve ofUnrolled = new Curve(epochs);
    Matrix trained = Matrix.zeros(0, 0);
    Parts parts = Parts.of(all, batch, 1);
    for (int seed = 1; seed <= seeds; seed++) {
      parts = Parts.of(all, batch, seed);
      Training training = new Training(parts, epochs, rate, seed);
      trained = training.weights(implicit, ofImplicit);
      training.weights(unrolled, ofUnrolled);
      setup.say("equilibrium: split %d of %d", seed, seeds);
    }
    Matrix weights = trained;
    Table rowsAtOnce = parts.train;
    Cost<Matrix> ofFixedPoint = setup.cost(() -> implicit.gradient(rowsAtOnce, weights));
    List<Depth> depths = new ArrayList<>();
    for (int k = 1; k <= MOST_ITERATIONS; k *= 2) {
      DeepEquilibrium network =
          new DeepEquilibrium(rows, CLASSES, units, radius, DeepEquilibrium.unrolled(units, k));
      Cost<Matrix> cost = setup.cost(() -> network.gradient(rowsAtOnce, weights));
      double error = cost.value().minus(ofFixedPoint.value()).norm() / ofFixedPoint.value().norm();
      depths.add(new Depth(k, error, 1e-6 * cost.bytes()));
    }
    return new Findings()
        .with("weights", trained.rows())
        .with("splits", seeds)
        .with("testRows", parts.test.rowCount())
        .with("accuracyImplicit", 1 - ofImplicit.at(epochs) / 100)
        .with("accuracyUnrolled", 1 - ofUnrolled.at(epochs) / 100)
        .with("unrolledMostToImplicit", depths.get(depths.size() - 1).error)
        .withCost("implicitBytes", ofFixedPoint.bytes())
        .withCost("implicitSeconds", ofFixedPoint.seconds())
        .withCost("unrolledMegabytes", depths.stream().map(Depth::megabytes).toList())
        .with(table(epochs, ofImplicit, ofUnrolled))
        .with(table(depths))
        .with(Picture.of("equilibrium", chart(epochs, ofImplicit, ofUnrolled, iterations)))
        .with(Picture.of("equilibrium-gradients", chart(depths)))
        .with(Picture.of("costs-equilibrium", costs(depths, 1e-6 * ofFixedPoint.bytes())));
  }

  /** A gradient after some iterations: its distance from the implicit one, and what it held. */
  private record Depth(int iterations, double error, double megabytes) {}

  /** Test errors by epoch, percent, averaged over what is added. */
  private static final class Curve {
    private final double[] sums;
    private int count;

    Curve(int epochs) {
      this.sums = new double[epochs + 1];
    }

    void add(int epoch, double accuracy) {
      sums[epoch] += 100 * (1 - accuracy);
      count += epoch == 0 ? 1 : 0;
    }

    double at(int epoch) {
      return sums[epoch] / count;
    }
  }

  private record Training(Parts parts, int epochs, double rate, int seed) {
    /** The weights after all epochs; test accuracies go to the curve. */
    Matrix weights(DeepEquilibrium network, Curve curve) {
      Random random = new Random(seed);
      Matrix theta = network.random(random);
      Adam adam = new Adam(rate, theta);
      List<Table> order = new ArrayList<>(parts.batches);
      curve.add(0, network.accuracy(parts.test, theta));
      for (int e = 0; e < epochs; e++) {
        Collections.shuffle(order, random);
        double length = (1 + Math.cos(Math.PI * e / epochs)) / 2;
        for (Table table : order) {
          Matrix next = adam.next(theta, network.gradient(table, theta), length);
          theta = network.contracting(next);
        }
        curve.add(e + 1, network.accuracy(parts.test, theta));
      }
      return theta;
    }
  }

  private static CsvFile table(int epochs, Curve implicit, Curve unrolled) {
    return new CsvFile(
        "equilibrium.csv",
        List.of("epoch", "implicit error percent", "unrolled error percent"),
        IntStream.rangeClosed(0, epochs).mapToObj(Integer::toString).toList(),
        Matrix.adopting(
            epochs + 1,
            2,
            IntStream.rangeClosed(0, epochs)
                .mapToObj(e -> DoubleStream.of(implicit.at(e), unrolled.at(e)))
                .flatMapToDouble(row -> row)
                .toArray()));
  }

  private static CsvFile table(List<Depth> depths) {
    return new CsvFile(
        "equilibrium-gradients.csv",
        List.of("iterations", "relative gradient error"),
        depths.stream().map(d -> Integer.toString(d.iterations)).toList(),
        Matrix.column(depths.stream().mapToDouble(Depth::error).toArray()));
  }

  private static XYChart chart(int epochs, Curve implicit, Curve unrolled, int iterations) {
    XYChart chart =
        Charts.linear("Digits by a deep-equilibrium layer", "epoch", "mean test error, percent");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    List<Integer> all = IntStream.rangeClosed(1, epochs).boxed().toList();
    Charts.line(chart, "fixed point, implicit", all, e -> e, implicit::at);
    Charts.line(chart, "unrolled " + iterations + " times", all, e -> e, unrolled::at);
    return chart;
  }

  private static XYChart costs(List<Depth> depths, double implicit) {
    XYChart chart =
        Charts.linear("Memory of one gradient", "iterations unrolled", "megabytes live at most");
    Charts.line(chart, "unrolled", depths, Depth::iterations, Depth::megabytes);
    Charts.line(chart, "fixed point, implicit", depths, Depth::iterations, d -> implicit);
    return chart;
  }

  private static XYChart chart(List<Depth> depths) {
    XYChart chart =
        Charts.logarithmic(
            "Gradients of the trained layer, unrolled against implicit",
            "iterations unrolled",
            "relative distance from the implicit gradient");
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNE);
    Charts.line(chart, "unrolled", depths, Depth::iterations, Depth::error);
    return chart;
  }
}
