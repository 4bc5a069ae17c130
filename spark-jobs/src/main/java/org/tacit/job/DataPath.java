package org.tacit.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.tacit.config.ConfigException;
import org.tacit.config.FileSystems;
import org.tacit.config.Hadoop;

/**
 * Where a file of data is: an absolute path as it is; a relative one under data.folder where that
 * is set, and there beside the configuration, then under the working directory.
 */
final class DataPath {
  private DataPath() {}

  /** The place that has something; where none has, the error names all of them. */
  static String found(ConfigFile file, String key, String path) {
    Settings settings = file.settings();
    List<String> looked = new ArrayList<>();
    try {
      String whole =
          ConfigFile.isAbsolute(path)
              ? path
              : settings.data().folder().map(folder -> folder + "/" + path).orElse(path);
      for (String candidate : file.candidates(whole)) {
        Path there = new Path(candidate);
        FileSystem files = FileSystems.of(there, Hadoop.settings());
        if (files.exists(there)) {
          return candidate;
        }
        looked.add(files.makeQualified(there).toString());
      }
    } catch (ConfigException unknown) {
      throw new ConfigException(settings.places().of(key) + unknown.getMessage(), unknown);
    } catch (IOException | RuntimeException unreachable) {
      throw new ConfigException(
          String.format(
              "%sCannot look for %s: %s (must be the path of a file or folder, as Hadoop writes"
                  + " it)",
              settings.places().of(key), path, FileSystems.reason(unreachable)),
          unreachable);
    }
    String remedy =
        path.contains("*") ? "patterns are not read: name a folder" : "must be in one of them";
    throw new ConfigException(
        "%sMissing file: %s, looked for at %s (%s)"
            .formatted(
                settings.places().of(key),
                path,
                String.join(" and ", looked.stream().distinct().toList()),
                looked.size() > 1 || path.contains("*") ? remedy : "must exist"));
  }
}
