package org.tacit.job;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.tacit.config.ConfigException;
import org.tacit.config.ConfigSource;
import org.tacit.config.ConfigText;
import org.tacit.config.Hadoop;
import org.tacit.config.Lookup;

/**
 * A configuration file on any Hadoop file system, with its settings; paths in it are relative to
 * its folder.
 */
record ConfigFile(Path path, Settings settings) {
  private static final Set<String> RESERVED = Set.of(".", "..", StatusFile.NAME);

  static ConfigFile read(String location, List<String> overrides, Set<Lookup> allowed) {
    ConfigSource source = Hadoop.source(location);
    Path path = source.qualified();
    requireName(path);
    return new ConfigFile(
        path, Settings.of(location, ConfigText.parsed(source, overrides, allowed)));
  }

  /** Results are written into a folder of this name, which must not be that of all results. */
  private static void requireName(Path path) {
    String name = name(path);
    if (name.isEmpty() || RESERVED.contains(name)) {
      throw new ConfigException(
          "Invalid name of configuration "
              + path.getName()
              + " (must have more than dots before .conf, and not be that of the status file, since results are written by name)");
    }
  }

  /** The file's name without .conf: the name of its results. */
  String name() {
    return name(path);
  }

  private static String name(Path path) {
    return path.getName().replaceFirst("\\.conf$", "");
  }

  /** The place of what goes out: absolute as it is, else under the configuration's folder. */
  String beside(String location) {
    return isAbsolute(location) ? location : new Path(path.getParent(), location).toString();
  }

  /**
   * Where data may be: absolute paths as they are, relative ones under the configuration's folder,
   * then under the working directory.
   */
  List<String> candidates(String location) {
    return isAbsolute(location) ? List.of(location) : List.of(beside(location), location);
  }

  static boolean isAbsolute(String location) {
    Path there = new Path(location);
    return there.isAbsolute() || there.toUri().getScheme() != null;
  }
}
