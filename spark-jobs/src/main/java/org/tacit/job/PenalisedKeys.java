package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.tacit.config.Section;
import org.tacit.loss.Loss;
import org.tacit.loss.Parameter;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.ModelException;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.model.RowWeights;
import org.tacit.model.Tuned;

/** The keys of penalised linear models. */
final class PenalisedKeys {
  private PenalisedKeys() {}

  static Model.Form form(Section root) {
    Section model =
        root.section(
            "model",
            "loss average intercept penalty per groups standardise weights tune family",
            LossParameters.KEYS);
    if (!model.has("loss")) {
      throw model.missing("loss");
    }
    PenaltyScope scope = model.choice("per", PenaltyScope.class).orElse(PenaltyScope.ALL);
    List<TunedKind> kinds = model.has("tune") ? model.choices("tune", TunedKind.class) : List.of();
    List<Integer> groups = groups(model, scope, kinds);
    Loss loss = smoothLoss(model);
    List<Tuned> tuned = new ArrayList<>();
    weights(model).ifPresent(tuned::add);
    kinds.forEach(kind -> tuned.add(kind.of(loss, groups)));
    if (Set.copyOf(kinds).size() < kinds.size()) {
      throw model.wrong("tune", "a list without repetitions");
    }
    return new PenalisedModel.Form(
        loss,
        model.choice("average", Average.class).orElse(Average.MEAN),
        model.isTrue("intercept", false),
        model.choice("penalty", PenaltyKind.class).orElse(PenaltyKind.L2),
        scope,
        scope == PenaltyScope.GROUP ? groups : List.of(),
        model.isTrue("standardise", false),
        tuned);
  }

  /** What {@code model.tune} can name. */
  private enum TunedKind {
    CLASS_WEIGHTS((loss, groups) -> Tuned.classWeights()),
    FEATURE_SCALES((loss, groups) -> Tuned.featureScales()),
    GROUP_SCALES((loss, groups) -> Tuned.groupScales(groups)),
    LABEL_SMOOTHING((loss, groups) -> parameter(loss, Loss.LABEL_SMOOTHING)),
    DELTA((loss, groups) -> parameter(loss, "delta")),
    POWER((loss, groups) -> parameter(loss, "power")),
    QUANTILE((loss, groups) -> parameter(loss, "quantile")),
    SMOOTHING((loss, groups) -> parameter(loss, "smoothing"));

    @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
    private final BiFunction<Loss, List<Integer>, Tuned> make;

    TunedKind(BiFunction<Loss, List<Integer>, Tuned> make) {
      this.make = make;
    }

    Tuned of(Loss loss, List<Integer> groups) {
      return make.apply(loss, groups);
    }

    private static Tuned parameter(Loss loss, String name) {
      if (!LossKind.hasParameter(loss, name)) {
        throw new ModelException(
            "model.tune",
            "Invalid model.tune: %s with loss %s (must be one of its parameters %s, or model.loss be one that has it: %s)"
                .formatted(
                    name,
                    loss.name(),
                    loss.parameters().stream().map(Parameter::name).toList(),
                    String.join(", ", LossKind.withParameter(name))));
      }
      return Tuned.parameter(loss, name);
    }
  }

  private static Optional<RowWeights> weights(Section model) {
    if (!model.has("weights")) {
      return Optional.empty();
    }
    Section weights = model.section("weights", "by count");
    if (!weights.has("count")) {
      throw weights.missing("count");
    }
    return Optional.of(new RowWeights(weights.requiredText("by"), weights.integer("count", 1, 1)));
  }

  private static List<Integer> groups(Section model, PenaltyScope scope, List<TunedKind> tuned) {
    List<Integer> groups = model.someIntegers("groups", "a list of the group of each feature");
    if (scope != PenaltyScope.GROUP && !tuned.contains(TunedKind.GROUP_SCALES)) {
      if (!groups.isEmpty()) {
        throw model.wrong(
            "groups", "left out unless model.per = group, or model.tune has group-scales");
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
          "without kinks, as a minimiser on one has no derivative: %s; outer.loss may be %s"
              .formatted(loss.smoothAlternative().get(), loss.name()));
    }
    return loss;
  }
}
