package org.tacit.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.knowm.xchart.XYChart;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.Hypergradient;
import org.tacit.bilevel.HypergradientDescent;
import org.tacit.bilevel.OuterIteration;
import org.tacit.bilevel.OuterStopping;
import org.tacit.bilevel.UnrolledHypergradient;
import org.tacit.config.Section;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.ConjugateGradient;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

/**
 * A data set in one image a class: images on which a {@link DistilledModel} is fitted that does
 * well on the training rows, learned by hypergradient descent; and what the hypergradient costs at
 * them, implicitly and through unrolled gradient descent.
 */
final class Distillation implements Experiment {
  private static final double INNER_TOLERANCE = 1e-8;

  @Override
  public String name() {
    return "distillation";
  }

  @Override
  public String shows() {
    return "a data set distilled to one image a class, by implicit hypergradients";
  }

  @Override
  public String reference() {
    return "figure 5";
  }

  @Override
  public String takes() {
    return "1 min";
  }

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings("data", "label", "seed", "train", "l2", "deviation", "steps", "descent");
    int seed = settings.integer("seed", 1, 0);
    double part = settings.number("train", 0.5, v -> v > 0 && v < 1, "> 0 and < 1");
    double l2 = settings.number("l2", 1e-3, v -> v > 0, "> 0");
    double deviation = settings.number("deviation", 0.1, v -> v > 0, "> 0");
    int steps = settings.integer("steps", 100, 1);
    int descent = settings.integer("descent", 2000, 1);
    Samples samples =
        samples(setup.file(settings.requiredText("data")), settings.text("label").orElse("y"));
    List<Samples> parts = samples.split(seed, part, 1 - part);
    int classes = 1 + (int) samples.labels().maxAbs();
    DistilledModel model = new DistilledModel(parts.get(0), classes, l2);
    Matrix start = normal(seed, classes * samples.features().cols(), deviation);
    BilevelResult learned =
        new HypergradientDescent(
                model.problem(),
                tolerance -> new ConjugateGradient(tolerance, 1000),
                Bounds.NONE,
                new OuterStopping(1e-6, steps, INNER_TOLERANCE))
            .minimise(
                model.passes(),
                start,
                step ->
                    setup.say(
                        "distillation: step %d, training loss %.6f",
                        step.iteration(), step.outerValue()));
    Findings findings = new Findings();
    learned(findings, model, parts, learned);
    compare(setup, findings, model, learned.theta(), descent);
    return findings;
  }

  /** Pixels between 0 and 1. */
  private static Samples samples(String data, String label) {
    Samples raw =
        Files.isDirectory(Path.of(data)) ? Idx.ofFolder(data) : Samples.ofCsv(data, label);
    double largest = raw.features().maxAbs();
    return new Samples(raw.features().times(1 / largest), raw.labels());
  }

  private static Matrix normal(long seed, int size, double deviation) {
    Random random = new Random(seed);
    double[] elements = new double[size];
    Arrays.setAll(elements, i -> deviation * random.nextGaussian());
    return Matrix.column(elements);
  }

  private static void learned(
      Findings findings, DistilledModel model, List<Samples> parts, BilevelResult result) {
    List<OuterIteration> history = result.history();
    double[] losses = history.stream().mapToDouble(OuterIteration::outerValue).toArray();
    XYChart chart =
        Charts.linear("Loss of the model of ten learned images", "outer step", "training loss");
    Charts.line(
        chart, "training loss", history, OuterIteration::iteration, OuterIteration::outerValue);
    int pixels = parts.get(0).features().cols();
    int classes = result.theta().size() / pixels;
    Matrix images = result.theta().reshape(classes, pixels);
    Matrix w = result.inner().value();
    findings
        .with("rows", parts.get(0).count())
        .with("steps", history.size() - 1)
        .with("firstTrainingLoss", losses[0])
        .with("trainingLoss", result.hypergradient().outerValue())
        .with("firstTestAccuracy", model.accuracy(parts.get(1), result.start()))
        .with("testAccuracy", model.accuracy(parts.get(1), w))
        .with(
            new CsvFile(
                "losses.csv",
                List.of("step", "training loss"),
                history.stream().map(step -> Integer.toString(step.iteration())).toList(),
                Matrix.column(losses)))
        .with(Picture.of("losses", chart))
        .with(
            Images.of(
                "distillation",
                "One image a class: blue is below zero, red above, white zero; each by its largest pixel",
                List.of(
                    new Images.Row("learned", images),
                    new Images.Row("mean of the class", means(parts.get(0), classes)))));
  }

  private static Matrix means(Samples samples, int classes) {
    double[] ones = new double[classes * samples.count()];
    double[] counts = new double[classes];
    for (int i = 0; i < samples.count(); i++) {
      counts[(int) samples.labels().at(i)]++;
    }
    for (int i = 0; i < samples.count(); i++) {
      int label = (int) samples.labels().at(i);
      ones[label * samples.count() + i] = 1 / counts[label];
    }
    return Matrix.adopting(classes, samples.count(), ones).times(samples.features());
  }

  private static void compare(
      Setup setup, Findings findings, DistilledModel model, Matrix images, int descent) {
    Unrolled steps = model.descent(images, descent);
    Cost<Hypergradient> solved = setup.cost(() -> model.implicit(images));
    Cost<Hypergradient> implicit = setup.cost(() -> model.implicitAfter(images, steps));
    Cost<UnrolledHypergradient> unrolled = setup.cost(() -> unrolled(model, images, steps));
    Matrix exact = solved.value().gradient();
    findings
        .with("implicitError", error(implicit.value().gradient(), exact))
        .with("unrolledError", error(unrolled.value().gradient(), exact));
    cost(setup, findings, "implicit, solved by L-BFGS", solved);
    cost(setup, findings, "implicit, after " + descent + " steps of descent", implicit);
    cost(setup, findings, "unrolled, " + descent + " steps of descent, all kept", unrolled);
  }

  /** The gradient through the steps, all iterates kept. */
  static UnrolledHypergradient unrolled(DistilledModel model, Matrix images, Unrolled steps) {
    return model
        .problem()
        .hypergradient(model.passes(), images, model.start(), steps.withCheckpointInterval(1));
  }

  private static double error(Matrix found, Matrix exact) {
    return found.minus(exact).norm() / exact.norm();
  }

  private static void cost(Setup setup, Findings findings, String name, Cost<?> cost) {
    findings.withCost(name + ", seconds", cost.seconds());
    findings.withCost(name + ", peak bytes", cost.bytes());
    setup.say("distillation: %s: %.3f s, %.2f MB", name, cost.seconds(), cost.bytes() / 1e6);
  }
}
