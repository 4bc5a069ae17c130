package org.tacit.job;

import com.typesafe.config.ConfigFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.tacit.config.Section;
import org.tacit.loss.Loss;

/**
 * The parameters of losses, as keys beside the one that names the loss. A key that the loss does
 * not ask for is refused, since it would do nothing.
 */
final class LossParameters {
  static final String KEYS = "delta power quantile smoothing label-smoothing";

  private final Section section;
  private final Set<String> asked = new HashSet<>();

  private LossParameters(Section section) {
    this.section = section;
  }

  static LossParameters defaults() {
    return new LossParameters(Section.root(ConfigFactory.empty()));
  }

  /** The loss that the section names, with its parameters. */
  static Loss lossOf(Section section) {
    LossKind kind = section.choice("loss", LossKind.class).orElseThrow();
    LossParameters parameters = new LossParameters(section);
    Loss loss = kind.loss(parameters);
    parameters.refuseOthers("left out: loss " + loss.name() + " has none");
    return loss;
  }

  /** Refuses parameters in a section that names no loss. */
  static void refuseAll(Section section) {
    new LossParameters(section).refuseOthers("left out, or stand beside a loss of its own");
  }

  private void refuseOthers(String must) {
    for (String key : KEYS.split(" ", -1)) {
      if (section.has(key) && !asked.contains(key)) {
        throw section.wrong(key, must);
      }
    }
  }

  /** The residual from which Huber's loss grows linearly. */
  double delta() {
    return number("delta", 1, d -> d > 0 && Double.isFinite(d), "> 0 and finite");
  }

  /** The power of Tweedie's variance. */
  double power() {
    return number("power", 1.5, p -> p > 1 && p < 2, "> 1 and < 2: 1 is poisson, 2 is gamma");
  }

  double quantile() {
    return number("quantile", 0.5, q -> q > 0 && q < 1, "> 0 and < 1");
  }

  /** The width of a smoothed kink. */
  double smoothing() {
    return number("smoothing", 1, s -> s > 0 && Double.isFinite(s), "> 0 and finite");
  }

  /** The width of a smoothed kink, 0 for the kink itself; its unit is the label's. */
  double smoothingOrNone() {
    return number("smoothing", 0, s -> s >= 0 && Double.isFinite(s), ">= 0 and finite");
  }

  /** The share of labels that are as if drawn anew. */
  double labelSmoothing() {
    return number(Loss.LABEL_SMOOTHING, 0, s -> s >= 0 && s < 1, ">= 0 and < 1");
  }

  private double number(String key, double otherwise, DoublePredicate bound, String must) {
    asked.add(key);
    return section.number(key, otherwise, bound, must);
  }
}
