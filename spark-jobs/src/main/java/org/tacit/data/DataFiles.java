package org.tacit.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.tacit.config.ConfigException;
import org.tacit.config.FileSystems;

/** The files behind a path, in the order of their names, so that row numbers mean something. */
final class DataFiles {
  private DataFiles() {}

  static List<String> of(Configuration hadoop, String path) {
    try {
      Path root = new Path(path);
      FileSystem files = FileSystems.of(root, hadoop);
      if (!files.exists(root)) {
        throw new DataException(
            "data", "Missing file: " + files.makeQualified(root) + " (must exist)");
      }
      List<Path> found = new ArrayList<>();
      collect(files, files.getFileStatus(root), found);
      if (found.isEmpty()) {
        throw new DataException(
            "data", "Empty folder: " + files.makeQualified(root) + " (must have a data file)");
      }
      return found.stream().sorted(Comparator.naturalOrder()).map(Path::toString).toList();
    } catch (ConfigException unknown) {
      throw new DataException("data", unknown.getMessage(), unknown);
    } catch (IOException | IllegalArgumentException failed) {
      if (failed instanceof DataException told) {
        throw told;
      }
      throw new DataException(
          "data",
          "Cannot list %s: %s (must be the path of a file or folder that can be read)"
              .formatted(path, FileSystems.reason(failed)),
          failed);
    }
  }

  private static void collect(FileSystem files, FileStatus status, List<Path> found)
      throws IOException {
    if (status.isFile()) {
      found.add(status.getPath());
      return;
    }
    for (FileStatus child : files.listStatus(status.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".")) {
        collect(files, child, found);
      }
    }
  }
}
