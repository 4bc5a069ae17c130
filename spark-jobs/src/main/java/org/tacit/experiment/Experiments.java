package org.tacit.experiment;

import java.util.List;
import java.util.Optional;

/** All experiments, in the paper's order. */
public final class Experiments {
  private static final List<Experiment> ALL =
      List.of(
          Svm.EXPERIMENT,
          new Distillation(),
          new Dictionary(),
          new Packing(),
          new Precision(),
          new MetaLearning(),
          new Equilibrium());

  private Experiments() {}

  public static List<Experiment> all() {
    return ALL;
  }

  public static Optional<Experiment> named(String name) {
    return ALL.stream().filter(experiment -> experiment.name().equals(name)).findFirst();
  }
}
