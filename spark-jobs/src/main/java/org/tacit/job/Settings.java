package org.tacit.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.Optional;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.spark.Engine;

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

  /** The inner solve: norm of the residual relative to its start, and its budget. */
  public record InnerSettings(double tolerance, int maxIterations) {}

  /** Where a job writes; {@code path} is empty when the command line or nothing says. */
  public record OutputSettings(Optional<String> path, boolean hasJacobian) {}

  /**
   * Parses the text of a configuration called {@code name} as errors show it, with overrides given
   * as key=value.
   */
  public static Settings of(String name, String text, List<String> overrides) {
    try {
      Config config =
          ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(name));
      for (String override : overrides) {
        config = overridden(override).withFallback(config);
      }
      return of(name, config.resolve());
    } catch (com.typesafe.config.ConfigException unreadable) {
      throw new ConfigException(
          "Invalid configuration " + name + ": " + unreadable.getMessage(), unreadable);
    }
  }

  private static Config overridden(String override) {
    if (override.indexOf('=') <= 0) {
      throw new ConfigException("Invalid --set " + override + " (must be key=value)");
    }
    return ConfigFactory.parseString(
        override, ConfigParseOptions.defaults().setOriginDescription("--set " + override));
  }

  private static Settings of(String name, Config config) {
    Section root =
        Section.root(
            config, "data", "model", "theta", "inner", "linear", "outer", "engine", "output");
    if (!root.has("theta")) {
      throw root.missing("theta");
    }
    List<Double> theta = root.numbers("theta");
    if (theta.isEmpty() || theta.stream().anyMatch(t -> !Double.isFinite(t))) {
      throw root.wrong("theta", "a finite number, or a list of them");
    }
    PenalisedModel.Form model =
        model(
            root.section(
                "model",
                LossParameters.keysAnd(
                    "loss", "average", "intercept", "penalty", "per", "groups")));
    Section inner = root.section("inner", "tolerance", "max-iterations");
    Section output = root.section("output", "path", "jacobian");
    return new Settings(
        name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.conf$", ""),
        DataSettings.of(root, model.loss()),
        model,
        theta,
        new InnerSettings(tolerance(inner), inner.integer("max-iterations", 500, 1)),
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

  static double tolerance(Section section) {
    return section.number("tolerance", 1e-10, t -> t > 0 && t < 1, "> 0 and < 1");
  }

  private static PenalisedModel.Form model(Section model) {
    if (!model.has("loss")) {
      throw model.missing("loss");
    }
    PenaltyScope scope = model.choice("per", PenaltyScope.class).orElse(PenaltyScope.ALL);
    List<Integer> groups = model.integers("groups");
    if (scope == PenaltyScope.GROUP && groups.isEmpty()) {
      throw model.missing("groups");
    }
    return new PenalisedModel.Form(
        smoothLoss(model),
        model.choice("average", Average.class).orElse(Average.MEAN),
        model.isTrue("intercept", false),
        model.choice("penalty", PenaltyKind.class).orElse(PenaltyKind.L2),
        scope,
        groups);
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
