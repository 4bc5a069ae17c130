package org.tacit.job;

import java.util.List;
import java.util.Optional;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.data.RowKey;
import org.tacit.sweep.Folds;

/**
 * The folds of a configuration, over all rows that are no test rows: K at random by row number and
 * seed, one for each name in a column, or one that holds out a share of the rows at random.
 *
 * @param count K, where there are so many at random
 */
record FoldSettings(int count, int seed, Optional<String> column, Optional<Double> holdOut) {
  private static final int MOST = 1_000;

  /** None where a configuration has none. */
  static Optional<FoldSettings> of(Section root) {
    if (!root.has("folds")) {
      return Optional.empty();
    }
    if (!root.isObject("folds")) {
      int count = root.integer("folds", 0, 2, MOST);
      return Optional.of(new FoldSettings(count, 0, Optional.empty(), Optional.empty()));
    }
    Section folds = root.section("folds", "count seed column hold-out");
    for (String other : List.of("count", "seed", "hold-out")) {
      if (folds.has("column") && folds.has(other)) {
        throw folds.wrong(other, "left out beside folds.column, whose names are the folds");
      }
    }
    if (folds.has("hold-out") && folds.has("count")) {
      throw folds.wrong("count", "left out beside folds.hold-out, which is one fold");
    }
    double share = folds.number("hold-out", 0.2, s -> s > 0 && s < 1, "> 0 and < 1");
    return Optional.of(
        new FoldSettings(
            folds.integer("count", 5, 2, MOST),
            folds.integer("seed", 0, 0),
            folds.text("column"),
            folds.has("hold-out") ? Optional.of(share) : Optional.empty()));
  }

  /** How many there are likely to be, before names are read. */
  int plannedCount() {
    return holdOut.isPresent() ? 1 : count;
  }

  /** What a table must have for them. */
  RowKey key() {
    return column.map(RowKey::ofNames).orElseGet(RowKey::ofRows);
  }

  /**
   * The folds of a table.
   *
   * @param names those that its row keys are numbers of; none where they are row numbers
   */
  Folds of(List<String> names, Places places) {
    if (column.isPresent() && names.size() < 2) {
      throw new ConfigException(
          "%sInvalid folds.column: %s, where all training rows have %s (must have two names or more)"
              .formatted(places.of("folds.column"), column.get(), names.get(0)));
    }
    if (column.isPresent()) {
      return Folds.byColumn(RowKey.COLUMN, names);
    }
    return holdOut
        .map(share -> Folds.holdOut(RowKey.COLUMN, share, seed))
        .orElseGet(() -> Folds.byHash(RowKey.COLUMN, count, seed));
  }
}
