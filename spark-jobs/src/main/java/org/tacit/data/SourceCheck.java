package org.tacit.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tacit.loss.Labels;

/**
 * Holds what surveys found against what columns are asked for.
 *
 * @param fitted the names of rows that are fitted, where those of a source's others are not theirs
 */
record SourceCheck(
    Columns columns, List<Surveyed> sources, Optional<FittedNames> fitted, Capacity capacity) {
  private static final double FEW = 0.1;

  private Stream<Survey> surveys() {
    return sources.stream().map(Surveyed::survey);
  }

  /** Rows of all sources, bad ones included. */
  long rows() {
    return surveys().mapToLong(Survey::rows).sum();
  }

  /** The number of bad rows; throws when there are any and they are refused. */
  long badRows(BadRows policy) {
    long bad = surveys().mapToLong(Survey::badRows).sum();
    if (bad > 0 && policy == BadRows.REFUSE) {
      Survey first = surveys().filter(s -> s.badRows() > 0).findFirst().orElseThrow();
      List<String> faults = first.faults();
      throw new DataException(
          "data.bad-rows",
          "Bad rows: %s of %s (%s%s). %s"
              .formatted(
                  first.badRows(),
                  first.rows(),
                  String.join("; ", faults),
                  first.badRows() > faults.size() ? "; ..." : "",
                  remedy(first)));
    }
    long nameless = fitted.map(FittedNames::nameless).orElse(0L);
    if (nameless > 0 && policy == BadRows.REFUSE) {
      throw new DataException(
          "data.bad-rows",
          ("Rows without a name in %s, folds.column: %s of %s that are fitted, the first is row %s,"
                  + " counted from 0 (only test rows may have none). Mend them, or leave them out"
                  + " by data.bad-rows = drop")
              .formatted(
                  columns.names().orElseThrow(),
                  nameless,
                  rows(),
                  fitted.orElseThrow().firstNameless()));
    }
    return bad + nameless;
  }

  /** Dropping is advised only where what is left is still the same data. */
  private String remedy(Survey source) {
    List<String> text = source.textColumns();
    if (text.contains(columns.label())) {
      return String.format(
          "Text in every row of %s, data.label: write its labels as numbers (each must be %s), or"
              + " name another column",
          columns.label(), LabelRule.bound(columns.labelKind(), columns.classes()));
    }
    if (!text.isEmpty()) {
      return String.format(
          "Text in every row of %s: leave it out by data.exclude = [%s], or write it as"
              + " numbers",
          ColumnNames.shown(text), ColumnNames.shown(text));
    }
    double share = (double) source.badRows() / source.rows();
    return share <= FEW
        ? "Mend them, or leave them out by data.bad-rows = drop"
        : String.format(
            Locale.ROOT,
            "Mend them: they are %.0f %% of the rows, too many to leave out; the first reads: %s",
            100 * share,
            source.firstBadRow());
  }

  void requireOneSetOfLabels() {
    if (columns.labelKind() == Labels.BINARY
        && surveys().anyMatch(Survey::hasMinusOne)
        && surveys().anyMatch(Survey::hasZero)) {
      throw new DataException(
          "data.label",
          "Invalid labels in " + columns.label() + ": -1, 0 and 1 (must be -1 and 1, or 0 and 1)");
    }
  }

  /** The number of features, the same for all sources; of LibSVM files the largest. */
  int width() {
    int first = sources.get(0).width();
    boolean isNamed = !sources.get(0).source().featureNames().isEmpty();
    int width = columns.width();
    for (Surveyed source : sources) {
      if (isNamed && source.width() != first) {
        throw new DataException(
            "data.features",
            "Invalid features of %s: %s (must be %s as for training)"
                .formatted(source.source().name(), source.width(), first));
      }
      width = Math.max(width, source.width());
    }
    capacity.require(columns.width() > 0 && !isNamed ? "data.width" : "data", "features", width, 1);
    if (width == 0) {
      throw new DataException("data", "No features: no row has one (must have one or more)");
    }
    return isNamed ? first : width;
  }

  /** Those that the rows for training have; none where rows have no names. */
  List<String> names() {
    List<String> names =
        fitted.map(FittedNames::names).orElseGet(() -> sources.get(0).survey().names());
    if (names.size() > Survey.MOST_NAMES) {
      throw new DataException(
          "folds.column",
          String.format(
              Locale.ROOT,
              "Too many names in column %s: more than %,d (must be one a fold; leave out"
                  + " folds.column for folds at random)",
              columns.names().orElseThrow(),
              Survey.MOST_NAMES));
    }
    return names;
  }

  /** The number of classes; 0 when labels are no classes. */
  int classes() {
    if (columns.labelKind() != Labels.CLASSES) {
      return 0;
    }
    double largest = surveys().mapToDouble(Survey::largestLabel).max().orElse(0);
    if (columns.classes() == 0) {
      requireFewClasses(largest + 1);
    }
    int classes = columns.classes() > 0 ? columns.classes() : (int) largest + 1;
    if (classes < 2) {
      throw new DataException(
          "data.label",
          "Invalid labels in "
              + columns.label()
              + ": all 0 (must be of two classes or more; set data.classes if others are missing)");
    }
    capacity.require(
        columns.classes() > 0 ? "data.classes" : "data.label",
        "unknowns: labels up to " + (long) largest + where(largest) + " make",
        width(),
        classes);
    return classes;
  }

  /** Many more classes than rows are no classes: most would have no row. */
  private void requireFewClasses(double classes) {
    if (classes > Math.max(100, 2 * rows())) {
      throw new DataException(
          "data.label",
          String.format(
              Locale.ROOT,
              "Invalid label in %s%s: %.0f, so %.0f classes for %d rows (must be 0 to K - 1; set"
                  + " data.classes if there are so many)",
              columns.label(),
              where(classes - 1),
              classes - 1,
              classes,
              rows()));
    }
  }

  private String where(double label) {
    return surveys()
        .filter(survey -> survey.largestLabel() == label)
        .findFirst()
        .map(survey -> ", " + survey.placeOfLargestLabel())
        .orElse("");
  }
}
