package org.tacit.job;

import java.util.List;
import java.util.OptionalInt;
import org.tacit.bilevel.Prior;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.sweep.PriorChoice;

/**
 * The strengths of the prior that shrinks thetas of one kind to their mean: none, one, or some to
 * choose from by held-out data.
 *
 * @param choice of several: the best, or the strongest within one standard error of it
 */
record PriorSettings(List<Double> strengths, SweepSettings.Choice choice) {
  /** As many parts of the validation rows as a choice has. */
  static final int PARTS = 5;

  PriorSettings {
    strengths = List.copyOf(strengths);
  }

  static PriorSettings of(Section outer) {
    List<Double> strengths = outer.numbers("prior");
    if (outer.has("choose") && strengths.size() < 2) {
      throw outer.wrong("choose", "left out unless outer.prior has several strengths");
    }
    SweepSettings.Choice choice =
        outer.choice("choose", SweepSettings.Choice.class).orElse(SweepSettings.Choice.BEST);
    if (!outer.has("prior")) {
      return new PriorSettings(List.of(), choice);
    }
    boolean areStrengths = strengths.stream().allMatch(rho -> rho >= 0 && Double.isFinite(rho));
    if (strengths.isEmpty() || !areStrengths) {
      throw outer.wrong("prior", "a number >= 0, or a list of them to choose from");
    }
    return new PriorSettings(strengths, choice);
  }

  /** Whether held-out data choose one. */
  boolean isChosen() {
    return strengths.size() > 1;
  }

  /** The number of the one that is taken; none where none is ranked. */
  OptionalInt chosen(PriorChoice.Found found) {
    return choice == SweepSettings.Choice.BEST ? found.best() : found.oneStandardError();
  }

  /** Whether they are parts of the validation rows, by their numbers. */
  boolean needsRowNumbers(boolean isFolded) {
    return isChosen() && !isFolded;
  }

  /** The priors of thetas of these kinds; refuses those that have nothing to shrink. */
  List<Prior> priors(List<Integer> kinds, Places places) {
    List<Prior> priors = strengths.stream().map(rho -> new Prior(rho, kinds)).toList();
    if (priors.stream().anyMatch(prior -> !prior.isUseful())) {
      throw new ConfigException(
          "%sInvalid outer.prior: with one theta of a kind there is nothing to shrink (must be left out, or model.per be feature, class or group)"
              .formatted(places.of("outer.prior")));
    }
    return priors;
  }

  /** Refuses a choice by folds of which there is one. */
  void requireParts(Settings settings) {
    boolean isOne = settings.folds().filter(folds -> folds.plannedCount() < 2).isPresent();
    if (isChosen() && isOne) {
      throw new ConfigException(
          "%sInvalid outer.prior: %s strengths with folds.hold-out, which is one fold (must be one strength, or folds be two or more)"
              .formatted(settings.places().of("outer.prior"), strengths.size()));
    }
  }
}
