package org.tacit.job;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.tacit.config.ConfigSource;
import org.tacit.config.ConfigText;
import org.tacit.config.Section;
import org.tacit.data.Engine;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;

/**
 * One configuration, read and checked whole before anything else happens. See the README for every
 * key.
 */
public record Settings(
    String name,
    DataSettings data,
    PenalisedModel.Form model,
    List<Double> theta,
    InnerSettings inner,
    LinearSettings linear,
    OuterSettings outer,
    Engine engine,
    OutputSettings output,
    Places places) {

  /** The inner solve: its method, norm of the residual relative to its start, and its budget. */
  public record InnerSettings(InnerMethod method, double tolerance, int maxIterations) {}

  /** Where a job writes; {@code path} is empty when the command line or nothing says. */
  public record OutputSettings(Optional<String> path, boolean hasJacobian) {}

  /**
   * Parses the text of a configuration called {@code name} as errors show it, with overrides given
   * as key=value; includes are found beside that name.
   */
  public static Settings of(String name, String text, List<String> overrides) {
    return of(
        name, ConfigText.parsed(new ConfigSource(name, new Path(name), text), overrides, Set.of()));
  }

  static Settings of(String name, Config config) {
    Section root =
        Section.root(
            config, "data", "model", "theta", "inner", "linear", "outer", "engine", "output");
    if (!root.has("theta")) {
      throw root.missing("theta");
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
    PenalisedModel.Form model =
        model(
            root.section(
                "model",
                LossParameters.keysAnd(
                    "loss", "average", "intercept", "penalty", "per", "groups")));
    Section output = root.section("output", "path", "jacobian");
    return new Settings(
        name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.conf$", ""),
        DataSettings.of(root, model.loss()),
        model,
        theta,
        inner(root, model.penalty()),
        LinearSettings.of(root),
        OuterSettings.of(root, model.loss()),
        root.choice("engine", Engine.class).orElse(Engine.AUTO),
        new OutputSettings(output.text("path"), output.isTrue("jacobian", false)),
        Places.of(name, config));
  }

  /** The labels that the losses of the model and of the outer problem both have. */
  Labels labels() {
    return model.loss().labels().and(outer.loss().labels()).orElseThrow();
  }

  private static InnerSettings inner(Section root, PenaltyKind penalty) {
    Section inner = root.section("inner", "method", "tolerance", "max-iterations");
    InnerMethod method = inner.choice("method", InnerMethod.class).orElse(InnerMethod.AUTO);
    if (!method.takes(penalty)) {
      throw inner.wrong(
          "method",
          "for model.penalty = "
              + Section.label(penalty)
              + " one of "
              + String.join(" | ", InnerMethod.namesFor(penalty)));
    }
    return new InnerSettings(method, tolerance(inner), inner.integer("max-iterations", 500, 1));
  }

  static double tolerance(Section section) {
    return section.number("tolerance", 1e-10, t -> t > 0 && t < 1, "> 0 and < 1");
  }

  private static PenalisedModel.Form model(Section model) {
    if (!model.has("loss")) {
      throw model.missing("loss");
    }
    PenaltyScope scope = model.choice("per", PenaltyScope.class).orElse(PenaltyScope.ALL);
    List<Integer> groups = groups(model, scope);
    return new PenalisedModel.Form(
        smoothLoss(model),
        model.choice("average", Average.class).orElse(Average.MEAN),
        model.isTrue("intercept", false),
        model.choice("penalty", PenaltyKind.class).orElse(PenaltyKind.L2),
        scope,
        groups);
  }

  private static List<Integer> groups(Section model, PenaltyScope scope) {
    List<Integer> groups = model.someIntegers("groups", "a list of the group of each feature");
    if (scope != PenaltyScope.GROUP) {
      if (!groups.isEmpty()) {
        throw model.wrong("groups", "left out unless model.per = group");
      }
      return groups;
    }
    if (groups.isEmpty()) {
      throw model.missing("groups");
    }
    Set<Integer> used = Set.copyOf(groups);
    int last = groups.stream().mapToInt(Integer::intValue).max().orElseThrow();
    if (used.size() != last + 1L) {
      int empty = 0;
      while (used.contains(empty)) {
        empty++;
      }
      throw model.wrong("groups", "numbered from 0 without gaps: no feature is in group " + empty);
    }
    return groups;
  }

  /** A minimiser that sits on a kink has no derivative, so the model's loss has none. */
  private static Loss smoothLoss(Section model) {
    Loss loss = LossParameters.lossOf(model);
    if (loss.smoothAlternative().isPresent()) {
      throw model.wrong(
          "loss",
          "without kinks, as a minimiser on one has no derivative: "
              + loss.smoothAlternative().get()
              + "; outer.loss may be "
              + loss.name());
    }
    return loss;
  }
}
