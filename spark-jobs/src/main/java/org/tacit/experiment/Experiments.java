package org.tacit.experiment;

import java.util.List;
import java.util.Optional;

/** All experiments: the paper's, in its order, then others. */
public final class Experiments {
  private static final List<Experiment> ALL =
      List.of(
          new Experiment(
              "svm",
              "time and memory of implicit and unrolled hypergradients of a multiclass SVM",
              "figure 4",
              "8 min",
              Svm::run),
          new Experiment(
              "distillation",
              "a data set distilled to one image a class, by implicit hypergradients",
              "dataset distillation",
              "60 s",
              Distillation::run),
          new Experiment(
              "dictionary",
              "areas under the curve: task-driven and unsupervised dictionary, l1 and l2 logistic",
              "table 2",
              "20 s",
              Dictionary::run),
          new Experiment(
              "packing",
              "how jammed spheres move with a diameter, implicit against unrolled FIRE",
              "the sensitivity of molecular dynamics",
              "3 min",
              Packing::run),
          new Experiment(
              "precision",
              "errors of implicit and unrolled derivatives of ridge regression, by the iterate's",
              "figure 3",
              "10 s",
              Precision::run),
          new Experiment(
              "meta-learning",
              "error after adaptation to a few points of a sine: implicit MAML, first order, none",
              "implicit MAML",
              "4 min",
              MetaLearning::run),
          new Experiment(
              "equilibrium",
              "digits by a fixed point of a small network, and by the network unrolled",
              "deep equilibrium models",
              "90 s",
              Equilibrium::run),
          new Experiment(
              "data-cleaning",
              "rows with wrong labels found by a tuned weight a row",
              "data hyper-cleaning",
              "30 s",
              DataCleaning::run));

  private Experiments() {}

  public static List<Experiment> all() {
    return ALL;
  }

  public static Optional<Experiment> named(String name) {
    return ALL.stream().filter(experiment -> experiment.name().equals(name)).findFirst();
  }
}
