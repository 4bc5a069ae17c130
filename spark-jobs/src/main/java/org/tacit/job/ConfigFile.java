package org.tacit.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A configuration file on any Hadoop file system, with its settings; paths in it are relative to
 * its folder.
 */
record ConfigFile(Path path, Settings settings) {
  static Configuration hadoop() {
    return new Configuration();
  }

  static ConfigFile read(String location, List<String> overrides) {
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(hadoop());
      try (var in = files.open(path)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new ConfigFile(files.makeQualified(path), Settings.of(location, text, overrides));
      }
    } catch (FileNotFoundException absent) {
      throw new ConfigException(
          "No configuration file " + location + " (must be the path of a .conf file)", absent);
    } catch (IOException unreadable) {
      throw new ConfigException(
          "Cannot read configuration "
              + location
              + ": "
              + unreadable.getMessage()
              + " (must be a readable file)",
          unreadable);
    }
  }

  /** The file's name without .conf: the name of its results. */
  String name() {
    return path.getName().replaceFirst("\\.conf$", "");
  }

  /**
   * A path of the configuration: absolute ones as they are, relative ones under the configuration's
   * folder when they exist there, else under the working directory.
   */
  String resolved(String location) {
    Path there = new Path(location);
    if (there.isAbsolute() || there.toUri().getScheme() != null) {
      return location;
    }
    Path beside = new Path(path.getParent(), location);
    try {
      return beside.getFileSystem(hadoop()).exists(beside) ? beside.toString() : location;
    } catch (IOException unreachable) {
      throw new ConfigException(
          "Cannot look for " + beside + ": " + unreachable.getMessage(), unreachable);
    }
  }
}
