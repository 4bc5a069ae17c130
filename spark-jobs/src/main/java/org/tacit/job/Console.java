package org.tacit.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacit.config.Secrets;

/**
 * What a job says to the person who runs it: progress and tables on stdout, errors as one paragraph
 * on stderr.
 */
final class Console {
  private static final Logger LOG = LoggerFactory.getLogger("org.tacit.job");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n\r\t]]");

  private static final AtomicReference<String> LAST_ERROR = new AtomicReference<>("");

  private Console() {}

  static void say(String line) {
    System.out.println(plain(line));
    System.out.flush();
  }

  static void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** One paragraph; the trace of what it does not explain goes to the log. */
  static void error(Failure failure, Throwable failed) {
    System.out.flush();
    System.err.println("tacit: " + plain(failure.message()));
    LAST_ERROR.set(failure.message());
    if (!failure.isExplained() || LOG.isDebugEnabled()) {
      StringWriter trace = new StringWriter();
      failed.printStackTrace(new PrintWriter(trace));
      LOG.error("The error's trace: {}", plain(trace.toString()));
    }
  }

  /** Without secrets, and without what terminals take for commands. */
  private static String plain(String text) {
    return CONTROL
        .matcher(Secrets.redacted(text))
        .replaceAll(
            found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
  }

  /** What the last error said, or nothing. */
  static String lastError() {
    return LAST_ERROR.get();
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
      say(line.toString().stripTrailing());
    }
  }
}
