package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job says to the person who runs it: progress and tables on stdout, errors as one paragraph
 * on stderr.
 */
final class Console {
  private static final Logger LOG = LoggerFactory.getLogger("org.tacit.job");

  private Console() {}

  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** One paragraph; the trace of what is not the user's doing goes to the log. */
  static void error(Exception failed) {
    System.out.flush();
    boolean isExplained =
        failed instanceof IllegalArgumentException
            || failed instanceof IllegalStateException
            || failed instanceof ArithmeticException;
    System.err.println(
        "tacit: " + (failed.getMessage() == null ? failed.toString() : failed.getMessage()));
    if (isExplained) {
      LOG.debug("The error's trace", failed);
    } else {
      LOG.error("Unexpected error", failed);
    }
  }

  /** Rows of cells in aligned columns, the first row being the header. */
  static void table(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int c = 0; c < rows.get(0).size(); c++) {
      int column = c;
      widths.add(rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = row.get(c);
        String padding = " ".repeat(widths.get(c) - cell.length());
        line.append(c == 0 ? cell + padding : "  " + padding + cell);
      }
      say(line.toString());
    }
  }
}
