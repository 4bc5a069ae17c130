package org.tacit.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of a source's columns are features, and what to say of one that is not there. */
final class ColumnNames {
  private static final int SHOWN = 10;
  private static final int SHOWN_LETTERS = 60;

  private ColumnNames() {}

  /** The feature columns: those asked for, or all that have no other part. */
  static List<String> features(Columns columns, List<String> all) {
    if (!columns.features().isEmpty()) {
      return columns.features();
    }
    Set<String> there = new HashSet<>(all);
    for (String column : columns.excluded()) {
      if (!there.contains(column)) {
        throw missing("data.exclude", column, all);
      }
    }
    Set<String> others = new LinkedHashSet<>(columns.marks());
    others.addAll(columns.excluded());
    List<String> features = new ArrayList<>();
    for (int at = 0; at < all.size(); at++) {
      if (!others.contains(all.get(at))) {
        requireName(all.get(at), at);
        features.add(all.get(at));
      }
    }
    if (features.isEmpty()) {
      throw new DataException(
          "data.features", "No feature columns: only " + shown(all) + " (must have one or more)");
    }
    return features;
  }

  /** A column without a name is often the running number of a data frame's rows. */
  private static void requireName(String name, int at) {
    if (name.isEmpty()) {
      throw new DataException(
          "data.exclude",
          String.format(
              "Unnamed column: number %s (must have a name in the header to be a feature;"
                  + " running numbers of rows are left out by data.exclude = [\"\"])",
              at + 1));
    }
  }

  static DataException missing(String key, String name, List<String> all) {
    return new DataException(
        key,
        "Missing column: " + shown(name) + " (must be one of " + shown(all) + "; set " + key + ")");
  }

  static String shown(List<String> names) {
    List<String> all = names.stream().limit(SHOWN).map(ColumnNames::shown).toList();
    return names.size() <= SHOWN
        ? String.join(", ", all)
        : "%s, ... %s (%s columns)"
            .formatted(
                String.join(", ", all.subList(0, SHOWN - 1)),
                shown(names.get(names.size() - 1)),
                names.size());
  }

  static String shown(String name) {
    return name.length() <= SHOWN_LETTERS ? name : name.substring(0, SHOWN_LETTERS) + "...";
  }
}
