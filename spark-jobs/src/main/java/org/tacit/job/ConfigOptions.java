package org.tacit.job;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tacit.config.Lookup;
import picocli.CommandLine.Option;

/** How a configuration is read: what the command line sets in it, and what it may look at. */
final class ConfigOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of every configuration; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      description =
          "Lets configurations look at more than files and TACIT_... variables: ${COMPLETION-CANDIDATES}.")
  private Set<Lookup> allowed = EnumSet.noneOf(Lookup.class);

  List<String> overrides() {
    return List.copyOf(overrides);
  }

  /** What configurations may look at beside files. */
  Set<Lookup> allowed() {
    return Set.copyOf(allowed);
  }

  /** The configuration at a place, read so. */
  ConfigFile read(String location) {
    return ConfigFile.read(location, overrides(), allowed());
  }
}
