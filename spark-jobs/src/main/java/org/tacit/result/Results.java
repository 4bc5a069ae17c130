package org.tacit.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.tacit.config.ConfigException;
import org.tacit.config.FileSystems;

/**
 * A folder of results on any Hadoop file system, written whole or not at all: into a folder beside
 * it first, which is then renamed. An existing one is refused unless overwriting was asked for.
 */
public final class Results {
  /** The file of a result's numbers. */
  public static final String FILE = "result.json";

  private static final int TRIAL_BYTES = 4096;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Double.class, new JsonNumber())
                  .addSerializer(OptionalDouble.class, new JsonNumber())
                  .addSerializer(Optional.class, new JsonNumber()));

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
  public static Results in(
      String parent, String name, Configuration hadoop, boolean isOverwriting) {
    Path folder = new Path(parent, name);
    try {
      FileSystem files = withoutChecksums(FileSystems.of(folder, hadoop));
      if (!files.getUri().getScheme().equals("file")) {
        folder = files.makeQualified(folder);
      }
      if (!isOverwriting && files.exists(folder)) {
        throw existing(folder);
      }
      Results results = new Results(folder, files, isOverwriting);
      results.requireOwn();
      results.tryPlace();
      return results;
    } catch (IOException | FSError unreachable) {
      throw unwritable(folder, unreachable);
    }
  }

  /** Whether the results of {@code name} under {@code parent} are there, whole. */
  public static boolean areIn(String parent, String name, Configuration hadoop) {
    Path file = new Path(new Path(parent, name), FILE);
    try {
      return FileSystems.of(file, hadoop).exists(file);
    } catch (IOException unreachable) {
      throw unwritable(file.getParent(), unreachable);
    }
  }

  /** The configuration that such results say they were made by; none where they cannot be read. */
  public static Optional<JsonNode> configuration(String parent, String name, Configuration hadoop) {
    Path file = new Path(new Path(parent, name), FILE);
    try (InputStream in = FileSystems.of(file, hadoop).open(file)) {
      JsonNode configuration = MAPPER.readTree(in).path("configuration");
      return Optional.of(configuration).filter(JsonNode::isObject);
    } catch (IOException | FSError unreadable) {
      return Optional.empty();
    }
  }

  /** A configuration as results have it. */
  public static JsonNode tree(Map<String, ?> configuration) {
    try {
      return MAPPER.readTree(json(configuration));
    } catch (JsonProcessingException ownText) {
      throw new IllegalStateException("Cannot read what was written as JSON", ownText);
    }
  }

  /**
   * The file system under one that writes checksums in files of their own; that one is shared by
   * all of this JVM, so it is left as it is.
   */
  private static FileSystem withoutChecksums(FileSystem files) {
    return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
  }

  /** Only results are replaced: a folder of something else is left as it is. */
  private void requireOwn() throws IOException {
    boolean isOthers =
        files.exists(folder)
            && !files.exists(new Path(folder, FILE))
            && (files.getFileStatus(folder).isFile() || files.listStatus(folder).length > 0);
    if (isOthers) {
      throw new ConfigException(
          String.format(
              "Not a folder of results: %s (has no %s, and is not replaced; choose another"
                  + " --output)",
              folder, FILE));
    }
  }

  /** Makes the folder of all results, and writes a file there as large as a small result. */
  private void tryPlace() throws IOException {
    files.mkdirs(folder.getParent());
    Path trial = beside("trial");
    try {
      try (var out = files.create(trial)) {
        out.write(new byte[TRIAL_BYTES]);
      }
    } finally {
      files.delete(trial, false);
    }
  }

  private static ConfigException unwritable(Path folder, Throwable failed) {
    String reason = FileSystems.reason(failed);
    return new ConfigException(
        String.format(
            "Cannot write to %s: %s (must be a folder with room, where files may be written;"
                + " choose another --output)",
            folder, reason),
        failed);
  }

  private static ConfigException existing(Path folder) {
    return new ConfigException(
        "Existing output: "
            + folder
            + " (choose another --output, replace it by --overwrite, or leave it by --skip-existing)");
  }

  /** Writes {@code result} as JSON with every digit of its numbers, and files beside it. */
  public void write(Map<String, ?> result, List<? extends ResultFile> beside) {
    Path unfinished = beside("unfinished");
    try {
      try {
        create(unfinished, jsonFile(FILE, result));
        for (ResultFile file : beside) {
          create(unfinished, file);
        }
        publish(unfinished);
      } finally {
        files.delete(unfinished, true);
      }
    } catch (IOException | FSError failed) {
      throw unwritable(folder, failed);
    }
  }

  private void create(Path parent, ResultFile file) throws IOException {
    try (var out = files.create(new Path(parent, file.name()))) {
      file.writeTo(out);
    }
  }

  private void publish(Path unfinished) throws IOException {
    if (files.exists(folder) && !isOverwriting) {
      throw existing(folder);
    }
    Path replaced = beside("replaced");
    boolean isReplacing = isOverwriting && files.exists(folder);
    if (isReplacing) {
      move(folder, replaced);
    }
    try {
      move(unfinished, folder);
    } catch (FileAlreadyExistsException another) {
      files.delete(replaced, true);
      throw existing(folder);
    } catch (IOException failed) {
      if (isReplacing) {
        move(replaced, folder);
      }
      throw failed;
    }
    files.delete(replaced, true);
  }

  /** Puts JSON into a single file, in place of what it had: the old text, none or the new one. */
  public static void replace(Path file, Map<String, ?> content, Configuration hadoop) {
    try {
      Results single = new Results(file, withoutChecksums(FileSystems.of(file, hadoop)), true);
      Path unfinished = single.beside("unfinished");
      try {
        single.create(unfinished.getParent(), jsonFile(unfinished.getName(), content));
        single.files.delete(file, false);
        single.move(unfinished, file);
      } finally {
        single.files.delete(unfinished, false);
      }
    } catch (IOException | FSError failed) {
      throw unwritable(file, failed);
    }
  }

  /**
   * Never into a folder that is there, which a file system's own renaming takes for success. On a
   * local disk the kernel refuses a folder that is not empty; HDFS does so itself.
   */
  private void move(Path from, Path to) throws IOException {
    if (files.getUri().getScheme().equals("file")) {
      moveOnDisk(from, to);
      return;
    }
    FileContext whole;
    try {
      whole = FileContext.getFileContext(files.getUri(), files.getConf());
    } catch (UnsupportedFileSystemException byFilesAlone) {
      rename(from, to);
      return;
    }
    whole.rename(from, to);
  }

  private void moveOnDisk(Path from, Path to) throws IOException {
    java.nio.file.Path target = onDisk(to);
    try {
      Files.move(onDisk(from), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException refused) {
      throw Files.isDirectory(target) ? new FileAlreadyExistsException(to.toString()) : refused;
    }
  }

  private java.nio.file.Path onDisk(Path path) {
    return java.nio.file.Path.of(files.makeQualified(path).toUri().getPath());
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("the file system refused to rename " + from + " to " + to);
    }
  }

  private Path beside(String state) {
    return new Path(
        folder.getParent(), "." + folder.getName() + "-" + state + "-" + UUID.randomUUID());
  }

  /** A file of JSON beside the first one. */
  public static ResultFile jsonFile(String name, Map<String, ?> numbers) {
    return new JsonFile(name, json(numbers));
  }

  /** JSON under its name. */
  private record JsonFile(String name, String text) implements ResultFile {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  public static String json(Map<String, ?> result) {
    try {
      return MAPPER.writeValueAsString(result) + "\n";
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("Cannot write the result as JSON", unwritable);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
