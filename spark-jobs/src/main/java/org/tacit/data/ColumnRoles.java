package org.tacit.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.primitive.Rows;

/** Each column has one role: a label among the features would predict itself. */
final class ColumnRoles {
  private static final List<String> RESERVED = List.of(Rows.FEATURES, Rows.LABEL, Rows.WEIGHT);

  private final Map<String, String> roles = new HashMap<>();

  private ColumnRoles() {}

  static void requireOneEach(
      List<String> features,
      List<String> excluded,
      String label,
      Optional<String> weight,
      List<String> keys) {
    ColumnRoles all = new ColumnRoles();
    all.give("data.label", label);
    weight.ifPresent(column -> all.give("data.weight", column));
    keys.forEach(column -> all.give("data.keys", column));
    features.forEach(column -> all.give("data.features", column));
    excluded.forEach(column -> all.give("data.exclude", column));
    for (String key : keys) {
      if (RESERVED.contains(key)) {
        throw new DataException(
            "data.keys",
            "Invalid data.keys: " + key + " (must be none of " + RESERVED + "; rename the column)");
      }
    }
  }

  private void give(String role, String column) {
    String before = roles.put(column, role);
    if (role.equals(before)) {
      throw new DataException(
          role, "Column twice in " + role + ": " + column + " (must be there once)");
    }
    if (before != null) {
      throw new DataException(
          role,
          "Column in two roles: "
              + column
              + " in "
              + before
              + " and "
              + role
              + " (must have one; leave it out of "
              + role
              + ")");
    }
  }
}
