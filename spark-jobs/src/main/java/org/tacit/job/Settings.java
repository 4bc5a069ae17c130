package org.tacit.job;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import org.tacit.config.Section;
import org.tacit.loss.Labels;
import org.tacit.matrix.Schema;
import org.tacit.model.Model;

/**
 * One configuration, read and checked whole before anything else happens. See the README for every
 * key.
 */
record Settings(
    String name,
    DataSettings data,
    Model.Form model,
    List<Double> theta,
    InnerSettings inner,
    LinearSettings linear,
    OuterSettings outer,
    Optional<FoldSettings> folds,
    SweepSettings sweep,
    OutputSettings output,
    Places places) {

  /** The inner solve: its method, norm of the residual relative to its start, and its budget. */
  record InnerSettings(InnerMethod method, double tolerance, int maxIterations) {}

  /** Where a job writes; {@code path} is empty when the command line or nothing says. */
  record OutputSettings(Optional<String> path, boolean hasJacobian) {}

  static Settings of(String name, Config config) {
    Section root =
        Section.root(config, "data model theta inner linear outer folds sweep engine output");
    if (root.has("sweep") && !root.has("folds")) {
      throw root.missing("folds");
    }
    SweepSettings sweep = SweepSettings.of(root);
    List<Double> theta = theta(root, sweep);
    Optional<FoldSettings> folds = FoldSettings.of(root);
    Model.Form model = ModelFamily.of(root);
    InnerSettings inner = inner(root, model.isSmooth());
    LinearSettings linear = LinearSettings.of(root);
    OuterSettings outer = OuterSettings.of(root, model);
    Section output = root.section("output", "path", "jacobian");
    Places places = Places.of(name, config);
    DataSettings data =
        places.placed(() -> DataSettings.of(root, model.loss(), labels(model, outer), folds));
    return new Settings(
        name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.conf$", ""),
        outer.needsRowNumbers(folds.isPresent()) ? data.withRowNumbers() : data,
        model,
        theta,
        inner,
        linear,
        outer,
        folds,
        sweep,
        new OutputSettings(output.text("path"), output.isTrue("jacobian", false)),
        places);
  }

  /** Where a sweep is asked for it may be left out, for the middle of its ranges. */
  private static List<Double> theta(Section root, SweepSettings sweep) {
    if (!root.has("theta")) {
      if (!root.has("sweep")) {
        throw root.missing("theta", "or sweep, whose candidates cross-validate takes");
      }
      return List.of(sweep.middle());
    }
    List<Double> theta = root.numbers("theta");
    if (theta.isEmpty()) {
      throw root.wrong("theta", "a finite number, or a list of them");
    }
    for (int k = 0; k < theta.size(); k++) {
      if (!Double.isFinite(theta.get(k))) {
        String which = theta.size() == 1 ? "" : "; number " + (k + 1) + " is " + theta.get(k);
        throw root.wrong("theta", "a finite number, or a list of them" + which);
      }
    }
    return theta;
  }

  /** The labels that the losses of the model and of the outer problem both have. */
  Labels labels() {
    return labels(model, outer);
  }

  private static Labels labels(Model.Form model, OuterSettings outer) {
    return model.loss().labels().and(outer.loss().labels()).orElseThrow();
  }

  /** The model on rows of a schema. */
  Model model(Schema schema, List<String> features, int classes) {
    return places.placed(() -> model.on(schema, features, classes));
  }

  private static InnerSettings inner(Section root, boolean isSmooth) {
    Section inner = root.section("inner", "method", "tolerance", "max-iterations");
    InnerMethod method = inner.choice("method", InnerMethod.class).orElse(InnerMethod.AUTO);
    if (!method.takes(isSmooth)) {
      throw inner.wrong(
          "method",
          "for model.penalty = "
              + root.text("model.penalty").orElse("l2")
              + " one of "
              + String.join(" | ", InnerMethod.namesFor(isSmooth)));
    }
    return new InnerSettings(method, tolerance(inner), inner.integer("max-iterations", 500, 1));
  }

  static double tolerance(Section section) {
    return section.number("tolerance", 1e-10, t -> t > 0 && t < 1, "> 0 and < 1");
  }
}
