package org.tacit.job;

import org.tacit.config.Section;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
import org.tacit.model.Model;

/**
 * The keys of what thetas are judged by: a loss whose mean is taken, or is largest for one of some
 * groups; or a stand-in for the area under the curve.
 */
final class OuterLossKeys {
  /** Those that stand in section {@code outer}, beside those of the loss. */
  static final String KEYS = "loss width margin worst-group";

  private static final String AREA = "auc";
  private static final String SQUARES = "squared-pairs";

  private OuterLossKeys() {}

  /** The model's own where none is named. */
  static OuterLoss of(Section outer, Model.Form model) {
    String named = outer.text("loss").orElse("");
    refuseUnless(named.equals(AREA), outer, "width", AREA);
    refuseUnless(named.equals(SQUARES), outer, "margin", SQUARES);
    if (named.equals(AREA)) {
      double width = outer.number("width", 0.5, w -> w > 0.01 && w < 2, "> 0.01 and < 2");
      return ofPairs(OuterLoss.areaUnderCurve(width), outer, model);
    }
    if (named.equals(SQUARES)) {
      double margin = outer.number("margin", 1, m -> m > 0 && Double.isFinite(m), "> 0 and finite");
      return ofPairs(OuterLoss.squaredPairs(margin), outer, model);
    }
    Loss loss = loss(outer, model);
    return outer.has("worst-group") ? worstGroup(outer, loss) : loss;
  }

  private static void refuseUnless(boolean isNamed, Section outer, String key, String loss) {
    if (outer.has(key) && !isNamed) {
      throw outer.wrong(key, "left out unless outer.loss = " + loss);
    }
  }

  private static OuterLoss ofPairs(OuterLoss loss, Section outer, Model.Form model) {
    LossParameters.refuseAll(outer);
    if (outer.has("worst-group")) {
      throw outer.wrong(
          "worst-group",
          "left out beside outer.loss = %s, which no row has alone".formatted(loss.name()));
    }
    requireLabels(outer, loss, model);
    return loss;
  }

  private static Loss loss(Section outer, Model.Form model) {
    if (!outer.has("loss")) {
      LossParameters.refuseAll(outer);
      requireOwn(outer, model);
      return model.loss();
    }
    Loss loss = LossParameters.lossOf(outer);
    requireLabels(outer, loss, model);
    return loss;
  }

  /** A loss that is tuned would be tuned to measure little. */
  private static void requireOwn(Section outer, Model.Form model) {
    if (!model.tunedParameters().isEmpty()) {
      throw outer.missing(
          "loss",
          "model.tune has %s of the loss, so that model.loss cannot judge it"
              .formatted(String.join(", ", model.tunedParameters())));
    }
  }

  private static void requireLabels(Section outer, OuterLoss loss, Model.Form model) {
    if (model.loss().labels().and(loss.labels()).isEmpty()) {
      throw outer.wrong("loss", "a loss of the same labels as model.loss = " + model.loss().name());
    }
  }

  private static OuterLoss worstGroup(Section outer, Loss loss) {
    Section groups = outer.section("worst-group", "by", "count", "temperature");
    if (!groups.has("count")) {
      throw groups.missing("count");
    }
    return OuterLoss.worstGroup(
        loss,
        new OuterLoss.Groups(groups.requiredText("by"), groups.integer("count", 1, 2)),
        groups.number("temperature", 0.1, t -> t > 0 && Double.isFinite(t), "> 0 and finite"));
  }
}
