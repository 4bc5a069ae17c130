package org.tacit.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of results on any Hadoop file system, written whole or not at all: into a folder beside
 * it first, which is then renamed. An existing one is refused unless overwriting was asked for.
 */
final class Results {
  /** The file of a result's numbers. */
  static final String FILE = "result.json";

  private final Path folder;
  private final FileSystem files;
  private final boolean isOverwriting;

  private Results(Path folder, FileSystem files, boolean isOverwriting) {
    this.folder = folder;
    this.files = files;
    this.isOverwriting = isOverwriting;
  }

  /**
   * The results of {@code name} under {@code parent}; refused now, before any work, when they exist
   * and may not be replaced.
   */
  static Results in(String parent, String name, Configuration hadoop, boolean isOverwriting) {
    Path folder = new Path(parent, name);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      files.setWriteChecksum(false);
      if (!isOverwriting && files.exists(folder)) {
        throw existing(folder);
      }
      return new Results(folder, files, isOverwriting);
    } catch (IOException unreachable) {
      throw new ConfigException(
          "Cannot write to "
              + folder
              + ": "
              + unreachable.getMessage()
              + " (choose another --output)",
          unreachable);
    }
  }

  private static ConfigException existing(Path folder) {
    return new ConfigException(
        "Existing output: "
            + folder
            + " (choose another --output, or replace it with --overwrite)");
  }

  /** Writes {@code result} as JSON with every digit of its numbers. */
  void write(Map<String, ?> result) {
    Path unfinished = beside("unfinished");
    try {
      try {
        try (var out = files.create(new Path(unfinished, FILE))) {
          out.write(json(result).getBytes(StandardCharsets.UTF_8));
        }
        publish(unfinished);
      } finally {
        files.delete(unfinished, true);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot write " + folder + ": " + failed.getMessage(), failed);
    }
  }

  private void publish(Path unfinished) throws IOException {
    if (files.exists(folder) && !isOverwriting) {
      throw existing(folder);
    }
    Path replaced = beside("replaced");
    boolean isReplacing = files.exists(folder);
    if (isReplacing) {
      move(folder, replaced);
    }
    try {
      move(unfinished, folder);
    } catch (IOException failed) {
      if (isReplacing) {
        move(replaced, folder);
      }
      throw failed;
    }
    files.delete(replaced, true);
  }

  private void move(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("the file system refused to rename " + from + " to " + to);
    }
  }

  private Path beside(String state) {
    return new Path(
        folder.getParent(), "." + folder.getName() + "-" + state + "-" + UUID.randomUUID());
  }

  static String json(Map<String, ?> result) {
    try {
      return new ObjectMapper()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(result)
          + "\n";
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("Cannot write the result as JSON", unwritable);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
