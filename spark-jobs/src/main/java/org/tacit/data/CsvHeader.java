package org.tacit.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of the columns of a CSV file, and where each is; empty names at the end are none. */
record CsvHeader(String file, String line, List<String> names) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

  CsvHeader {
    names = List.copyOf(names);
  }

  /** The header in the first line of {@code file} that has content. */
  static CsvHeader of(String file, String line, CsvForm form) {
    if (line.indexOf('\0') >= 0 || line.indexOf('\uFFFD') >= 0) {
      throw new DataException(
          "data", "Invalid text in " + file + ": not UTF-8 (save the file as UTF-8)");
    }
    if (!form.isMultiline() && CsvLine.endsInQuotes(line, form.separator(), false)) {
      throw new DataException(
          "data.multiline",
          "Invalid header of "
              + file
              + ": a quote is not closed in its line (close it, or set data.multiline = true)");
    }
    return new CsvHeader(file, line, names(line, form));
  }

  /** The names in a line. */
  static List<String> names(String line, CsvForm form) {
    List<String> names =
        new ArrayList<>(
            CsvLine.cells(line.replace(BYTE_ORDER_MARK, ""), form.separator()).stream()
                .map(String::strip)
                .toList());
    while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
      names.remove(names.size() - 1);
    }
    return names;
  }

  /** Where each column is. */
  Map<String, Integer> places() {
    Map<String, Integer> places = new HashMap<>();
    for (int at = 0; at < names.size(); at++) {
      places.put(names.get(at), at);
    }
    return places;
  }

  void requireNamesOnce() {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new DataException(
            "data",
            "Invalid header of %s: column %s twice (names must differ)"
                .formatted(file, ColumnNames.shown(name)));
      }
    }
  }

  /** Throws when a column that is looked for is missing: for want of a header, or otherwise cut. */
  void require(String key, String column, CsvForm form) {
    if (names.contains(column)) {
      return;
    }
    for (char other : SEPARATORS) {
      boolean isCutThere =
          other != form.separator()
              && line.indexOf(other) >= 0
              && (names.size() == 1
                  || names(line, new CsvForm(other, form.isMultiline())).contains(column));
      if (isCutThere) {
        throw new DataException(
            "data.separator",
            String.format(
                "Missing column: %s: the header of %s has %s%s, but looks separated otherwise"
                    + " (set data.separator = %s)",
                column,
                file,
                names.size(),
                names.size() == 1 ? " column" : " columns",
                other == '\t' ? "tab" : "\"" + other + "\""));
      }
    }
    if (names.stream().allMatch(Cell::isNumber)) {
      throw new DataException(
          "data",
          String.format(
              "Missing header of %s: its first line is numbers (must be the names of the"
                  + " columns, %s among them)",
              file, column));
    }
    throw ColumnNames.missing(key, column, names);
  }
}
