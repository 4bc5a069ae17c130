package org.tacit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints a benchmark's figures: absolute ones first, then one line a ratio. */
final class Report {
  private boolean passed = true;

  boolean hasPassed() {
    return passed;
  }

  void machine() {
    Runtime runtime = Runtime.getRuntime();
    figure("processors", runtime.availableProcessors(), "");
    figure("heap", runtime.maxMemory() / 1e9, "GB");
    System.out.println(
        "java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
    System.out.println("processor " + fromFile("/proc/cpuinfo", "model name"));
  }

  void figure(String name, double value, String unit) {
    System.out.println(
        String.format(Locale.ROOT, "%-40s %12.4g %s", name, value, unit).stripTrailing());
  }

  /** A ratio that must not be above its bar. */
  void ratioAtMost(String name, double value, double bar) {
    ratio(name, value, "<=", bar, value <= bar);
  }

  /** A ratio that must not be below its bar. */
  void ratioAtLeast(String name, double value, double bar) {
    ratio(name, value, ">=", bar, value >= bar);
  }

  private void ratio(String name, double value, String relation, double bar, boolean holds) {
    passed &= holds;
    System.out.println(
        String.format(
            Locale.ROOT,
            "ratio %s %.3f bar %s%s %s",
            name,
            value,
            relation,
            bar,
            holds ? "PASS" : "FAIL"));
  }

  void peakMemory() {
    System.out.println("peak resident memory " + fromFile("/proc/self/status", "VmHWM"));
  }

  private static String fromFile(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .orElse("unknown");
    } catch (IOException absent) {
      return "unknown";
    }
  }
}
