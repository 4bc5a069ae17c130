package org.tacit.job;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command that ran.
 *
 * @param said what it printed as its errors
 */
record CommandRun(int code, String said) {
  static CommandRun of(String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      int code = Tacit.run(arguments);
      return new CommandRun(code, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(before);
    }
  }
}
