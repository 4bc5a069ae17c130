package org.tacit.spark;

import java.util.List;

/** Holds what surveys found against what columns are asked for. */
final class SourceCheck {
  private final Columns columns;
  private final List<Surveyed<?>> sources;

  SourceCheck(Columns columns, List<Surveyed<?>> sources) {
    this.columns = columns;
    this.sources = sources;
  }

  /** The number of bad rows; throws when there are any and they are refused. */
  long badRows(BadRows policy) {
    long bad = sources.stream().mapToLong(Surveyed::badRows).sum();
    if (bad > 0 && policy == BadRows.REFUSE) {
      Surveyed<?> first = sources.stream().filter(s -> s.badRows() > 0).findFirst().orElseThrow();
      List<String> faults = first.faults();
      throw new DataException(
          "data.bad-rows",
          "Bad rows: "
              + first.badRows()
              + " of "
              + first.rows()
              + " ("
              + String.join("; ", faults)
              + (first.badRows() > faults.size() ? "; ..." : "")
              + "). Mend them, or leave them out by data.bad-rows = drop");
    }
    return bad;
  }

  void requireOneSetOfLabels() {
    if (columns.labelKind() == LabelKind.BINARY
        && sources.stream().anyMatch(Surveyed::hasMinusOne)
        && sources.stream().anyMatch(Surveyed::hasZero)) {
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
    for (Surveyed<?> source : sources) {
      if (isNamed && source.width() != first) {
        throw new DataException(
            "data.features",
            "Invalid features of "
                + source.source().name()
                + ": "
                + source.width()
                + " (must be "
                + first
                + " as for training)");
      }
      width = Math.max(width, source.width());
    }
    if (width == 0) {
      throw new DataException("data", "No features: no row has one (must have one or more)");
    }
    return isNamed ? first : width;
  }

  /** The number of classes; 0 when labels are no classes. */
  int classes() {
    if (columns.labelKind() != LabelKind.CLASSES) {
      return 0;
    }
    double largest = sources.stream().mapToDouble(Surveyed::largestLabel).max().orElse(0);
    int classes = columns.classes() > 0 ? columns.classes() : (int) largest + 1;
    if (classes < 2) {
      throw new DataException(
          "data.label",
          "Invalid labels in "
              + columns.label()
              + ": all 0 (must be of two classes or more; set data.classes if others are missing)");
    }
    return classes;
  }
}
