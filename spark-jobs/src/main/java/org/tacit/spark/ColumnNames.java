package org.tacit.spark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of a source's columns are features, and what to say of one that is not there. */
final class ColumnNames {
  private static final int SHOWN = 10;

  private ColumnNames() {}

  /** The feature columns: those asked for, or all that have no other part. */
  static List<String> features(Columns columns, List<String> all) {
    if (!columns.features().isEmpty()) {
      return columns.features();
    }
    Set<String> others = new LinkedHashSet<>(columns.keys());
    others.add(columns.label());
    columns.weight().ifPresent(others::add);
    List<String> features = new ArrayList<>(all);
    features.removeAll(others);
    if (features.isEmpty()) {
      throw new DataException(
          "data.features", "No feature columns: only " + shown(all) + " (must have one or more)");
    }
    return features;
  }

  static DataException missing(String key, String name, List<String> all) {
    return new DataException(
        key, "Missing column: " + name + " (must be one of " + shown(all) + "; set " + key + ")");
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN - 1))
            + ", ... "
            + names.get(names.size() - 1)
            + " ("
            + names.size()
            + " columns)";
  }
}
