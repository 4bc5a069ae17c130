package org.tacit.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/**
 * A configuration file as it was read.
 *
 * @param name as the person who runs it calls it, for errors
 * @param path where it was found; without a scheme, on the default file system
 */
public record ConfigSource(String name, Path path, String text) {
  /** The path with its scheme. */
  public Path qualified() {
    try {
      return FileSystems.of(path, Hadoop.settings()).makeQualified(path);
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    }
  }
}
