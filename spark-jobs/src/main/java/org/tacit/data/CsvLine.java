package org.tacit.data;

import java.util.ArrayList;
import java.util.List;

/** The cells of one row of separated values, quoted as RFC 4180 says. */
final class CsvLine {
  private CsvLine() {}

  static List<String> cells(String line, char separator) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (at < line.length() && line.charAt(at) == '"') {
        StringBuilder cell = new StringBuilder();
        at = quoted(line, separator, at + 1, cell);
        cells.add(cell.toString());
      } else {
        int next = line.indexOf(separator, at);
        int end = next < 0 ? line.length() : next;
        cells.add(line.substring(at, end));
        at = end + 1;
      }
    }
    return cells;
  }

  /** Reads on to the closing quote and the separator behind it; what is between them is kept. */
  private static int quoted(String line, char separator, int from, StringBuilder cell) {
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
      } else if (c == separator && !inside) {
        return at + 1;
      } else {
        cell.append(c);
      }
      at++;
    }
    return at + 1;
  }

  /** Whether the line ends within quotes, having begun so or not: a doubled quote closes none. */
  static boolean endsInQuotes(String line, char separator, boolean beginsInQuotes) {
    boolean inside = beginsInQuotes;
    boolean isQuotedCell = beginsInQuotes;
    boolean isCellStart = !beginsInQuotes;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"' && (isCellStart || isQuotedCell)) {
        inside = !inside;
        isQuotedCell = true;
        isCellStart = false;
      } else if (c == separator && !inside) {
        isCellStart = true;
        isQuotedCell = false;
      } else {
        isCellStart = false;
      }
    }
    return inside;
  }

  /** Whether there is something besides blanks and separators. */
  static boolean hasContent(String line, char separator) {
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c != separator && !Character.isWhitespace(c)) {
        return true;
      }
    }
    return false;
  }
}
