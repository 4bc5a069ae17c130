package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every job's command line takes. */
final class JobOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "CONF",
      description = "Configuration files, run one after another in one session.")
  private List<String> confs = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of every configuration; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Writes DIR/<conf name>/result.json (default: output.path, or nothing is written).")
  private Optional<String> output = Optional.empty();

  @Option(names = "--overwrite", description = "Replaces existing results.")
  private boolean isOverwriting;

  List<String> confs() {
    return List.copyOf(confs);
  }

  List<String> overrides() {
    return List.copyOf(overrides);
  }

  Optional<String> output() {
    return output;
  }

  boolean isOverwriting() {
    return isOverwriting;
  }
}
