package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;

/** The cells of one line of comma-separated values, quoted as RFC 4180 says; no line breaks. */
final class CsvLine {
  private CsvLine() {}

  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder cell = new StringBuilder();
        at = quoted(line, at + 1, cell);
        cells.add(cell.toString());
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        cells.add(line.substring(at, end));
        at = end + 1;
      }
    }
    return cells;
  }

  /** Reads on to the closing quote and the comma behind it; what stands between them is kept. */
  private static int quoted(String line, int from, StringBuilder cell) {
    int at = from;
    boolean inside = true;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '"') {
        boolean doubled = inside && at + 1 < line.length() && line.charAt(at + 1) == '"';
        if (doubled) {
          cell.append(c);
          at++;
        } else {
          inside = !inside;
        }
      } else if (c == ',' && !inside) {
        return at + 1;
      } else {
        cell.append(c);
      }
      at++;
    }
    return at + 1;
  }
}
