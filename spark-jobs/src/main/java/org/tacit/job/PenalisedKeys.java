package org.tacit.job;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tacit.config.Section;
import org.tacit.loss.Loss;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.model.RowWeights;

/** The keys of penalised linear models. */
final class PenalisedKeys {
  private PenalisedKeys() {}

  static Model.Form form(Section root) {
    Section model =
        root.section(
            "model",
            "loss average intercept penalty per groups standardise weights family",
            LossParameters.KEYS);
    if (!model.has("loss")) {
      throw model.missing("loss");
    }
    PenaltyScope scope = model.choice("per", PenaltyScope.class).orElse(PenaltyScope.ALL);
    List<Integer> groups = groups(model, scope);
    PenalisedModel.Form form =
        new PenalisedModel.Form(
            smoothLoss(model),
            model.choice("average", Average.class).orElse(Average.MEAN),
            model.isTrue("intercept", false),
            model.choice("penalty", PenaltyKind.class).orElse(PenaltyKind.L2),
            scope,
            groups,
            model.isTrue("standardise", false));
    return weights(model).map(form::with).orElse(form);
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
          "without kinks, as a minimiser on one has no derivative: %s; outer.loss may be %s"
              .formatted(loss.smoothAlternative().get(), loss.name()));
    }
    return loss;
  }
}
