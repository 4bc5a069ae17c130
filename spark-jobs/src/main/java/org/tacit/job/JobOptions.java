package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.config.Hadoop;
import org.tacit.result.Results;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every job's command line takes. */
final class JobOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "CONF",
      description = "Configuration files, run one after another in one session.")
  private List<String> confs = new ArrayList<>();

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Writes DIR/<conf name>/result.json (default: output.path, or nothing is written).")
  private Optional<String> output = Optional.empty();

  @ArgGroup(exclusive = true)
  private Existing existing = new Existing();

  /** What becomes of results that are there already; without either they are refused. */
  static final class Existing {
    @Option(names = "--overwrite", description = "Replaces existing results.")
    private boolean isOverwriting;

    @Option(
        names = "--skip-existing",
        description =
            "Leaves out what has a result already, and says where that is of another"
                + " configuration.")
    private boolean isSkipping;

    /**
     * The place of results of this name; none where they are there and are left, of which it is
     * said what they were made by otherwise than {@code configuration}.
     */
    Optional<Results> results(String parent, String name, Map<String, ?> configuration) {
      if (isSkipping && Results.areIn(parent, name, Hadoop.settings())) {
        Console.say("%s: skipped, its result is in %s", name, parent);
        String differences =
            Results.configuration(parent, name, Hadoop.settings())
                .map(there -> MadeBy.differences(there, Results.tree(configuration)))
                .orElse("");
        if (!differences.isEmpty()) {
          Console.say(
              "%s: note: that result is of another configuration: %s (replace it by --overwrite,"
                  + " or choose another --output)",
              name, differences);
        }
        return Optional.empty();
      }
      return Optional.of(Results.in(parent, name, Hadoop.settings(), isOverwriting));
    }
  }

  List<String> confs() {
    return List.copyOf(confs);
  }

  ConfigOptions config() {
    return config;
  }

  Optional<String> output() {
    return output;
  }

  Existing existing() {
    return existing;
  }
}
