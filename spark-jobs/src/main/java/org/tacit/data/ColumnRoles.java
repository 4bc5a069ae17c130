package org.tacit.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacit.primitive.Rows;

/** Each column has one role: a label among the features would predict itself. */
final class ColumnRoles {
  private static final List<String> RESERVED =
      List.of(Rows.FEATURES, Rows.LABEL, Rows.WEIGHT, Rows.OFFSET, RowKey.COLUMN);

  private final Map<String, String> roles = new HashMap<>();

  private ColumnRoles() {}

  /** Of columns by the key that names them. */
  static void requireOneEach(Map<String, List<String>> columns) {
    ColumnRoles all = new ColumnRoles();
    columns.forEach((role, names) -> names.forEach(column -> all.give(role, column)));
    for (String key : columns.get("data.keys")) {
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
          "Column in two roles: %s in %s and %s (must have one; leave it out of %s)"
              .formatted(column, before, role, role));
    }
  }
}
