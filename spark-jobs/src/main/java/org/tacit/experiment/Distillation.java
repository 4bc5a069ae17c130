package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.config.Section;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.result.Decimal;

/**
 * A data set in one image a class: images, black at first, on which a {@link DistilledModel} is
 * fitted that does well on the training rows, learned by descent along implicit hypergradients; and
 * what a hypergradient costs at them, implicitly and through unrolled gradient descent.
 */
final class Distillation {
  private static final int TOLD = 10;

  private Distillation() {}

  static Findings run(Setup setup) {
    Section settings = setup.settings("data label seed train l2 steps descent");
    int seed = settings.integer("seed", 1, 0);
    double part = settings.number("train", 0.5, v -> v > 0 && v < 1, "> 0 and < 1");
    double l2 = settings.number("l2", 1e-3, v -> v > 0, "> 0");
    int steps = settings.integer("steps", 100, 1);
    List<Integer> descents = settings.someIntegers("descent", "numbers of steps, >= 1");
    Samples all = setup.samples(settings).ofLargestOne();
    List<Samples> parts = all.split(seed, part, 1 - part);
    int classes = 1 + (int) all.labels().maxAbs();
    DistilledModel model = new DistilledModel(parts.get(0), classes, l2);
    List<Double> losses = new ArrayList<>();
    Matrix images =
        model.learned(
            steps,
            (step, loss) -> {
              losses.add(loss);
              if (step % TOLD == 0) {
                setup.say(
                    "distillation: step %d of %d, training loss %s",
                    step, steps, Decimal.of(loss, 4));
              }
            });
    Comparison comparison = new Comparison(setup, "steps of descent");
    compare(setup, comparison, model, images, descents);
    Findings findings = comparison.to(new Findings());
    Matrix means = parts.get(0).means(classes);
    return learned(findings, model, parts.get(1), images, means, losses);
  }

  /** The true one is that of the fit solved to about rounding. */
  private static void compare(
      Setup setup, Comparison to, DistilledModel model, Matrix images, List<Integer> descents) {
    String chart = "One hypergradient of distilled images";
    var solved = new Comparison.Curve(chart, "implicit after L-BFGS", Look.IMPLICIT_OTHERWISE);
    var after = new Comparison.Curve(chart, "implicit after descent", Look.IMPLICIT);
    var unrolled = new Comparison.Curve(chart, "unrolled descent", Look.UNROLLED);
    Comparison.Found exact = model.exact(images);
    Function<Matrix, Comparison.Found> gradient = w -> model.at(images, w);
    Cost<Comparison.Found> once = setup.cost(() -> model.fitted(images), gradient);
    for (int count : descents) {
      Unrolled descent = model.descent(images, count);
      to.add(solved, count, once, exact);
      to.add(after, count, setup.cost(() -> model.descended(images, descent), gradient), exact);
      to.add(unrolled, count, setup.cost(() -> model.unrolled(images, descent)), exact);
    }
  }

  private static Findings learned(
      Findings findings,
      DistilledModel model,
      Samples test,
      Matrix images,
      Matrix means,
      List<Double> losses) {
    Chart chart =
        new Chart(
            "A model fitted to the learned images",
            Axis.straight("step"),
            Axis.logarithmic("mean logistic loss of the training rows"));
    int classes = means.rows();
    Matrix all = Matrix.filled(classes, classes, 1.0 / classes).times(means);
    List<Integer> steps = IntStream.range(0, losses.size()).boxed().toList();
    chart.add("by implicit hypergradients", Look.IMPLICIT.line(), steps, s -> s, losses::get);
    return findings
        .with("firstTrainingLoss", losses.get(0))
        .with("trainingLoss", model.implicit(images).loss())
        .with("testAccuracy", model.accuracy(test, images))
        .with("testAccuracyOfMeans", model.accuracy(test, means.reshape(images.size(), 1)))
        .with("losses.csv", "step", steps, s -> s, column("training loss", losses::get))
        .with(Panels.of("losses", chart))
        .with(
            Images.of(
                "distillation",
                "A data set in an image a class: orange above zero, blue below",
                IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
                List.of(
                    new Images.Row("learned", images.reshape(means.rows(), means.cols())),
                    new Images.Row(
                        "mean of the class, less that of all classes", means.minus(all)))));
  }
}
