package org.tacit.job;

import java.util.Optional;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.sweep.Reserve;

/**
 * How tuning is stopped early: by a share of the rows that the outer loss would read, validation
 * rows or those that each fold holds out, on which no theta is tuned.
 *
 * @param patience steps without a new least loss on them after which it ends
 */
record StoppingSettings(int patience, double fraction, int seed) {
  private static final String KEY = "early-stopping";

  /** None where a configuration has none. */
  static Optional<StoppingSettings> of(Section outer) {
    if (!outer.has(KEY)) {
      return Optional.empty();
    }
    if (!outer.isObject(KEY)) {
      return Optional.of(new StoppingSettings(outer.integer(KEY, 0, 1), 0.2, 0));
    }
    Section stopping = outer.section(KEY, "patience fraction seed");
    return Optional.of(
        new StoppingSettings(
            stopping.integer("patience", 5, 1),
            stopping.number("fraction", 0.2, f -> f > 0 && f < 1, "> 0 and < 1"),
            stopping.integer("seed", 0, 0)));
  }

  /** The rows, by a seed that neither folds nor parts of validation rows have. */
  Reserve reserve() {
    return new Reserve(fraction, -1L - seed);
  }

  /** Refuses folds whose rows have names instead of numbers. */
  void requireNumbers(Settings settings) {
    if (settings.folds().filter(folds -> folds.column().isPresent()).isPresent()) {
      throw new ConfigException(
          "%sInvalid outer.early-stopping with folds.column, whose rows are told apart by it alone (must be left out, or folds be a count)"
              .formatted(settings.places().of("outer.early-stopping")));
    }
  }
}
