package org.tacit.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.tacit.config.ConfigException;
import org.tacit.config.FileSystems;
import org.tacit.config.Hadoop;
import org.tacit.loss.Labels;

/**
 * How many rows and features a file is likely to have, by its length and its first lines.
 *
 * @param rows its length by the mean length of the first lines
 * @param numbersARow that are stored: all features, or the non-zeros of LibSVM
 * @param classes of labels that are classes: the largest in the first lines plus one; 0 where
 *     nothing is known
 */
record DataSize(long rows, int features, double numbersARow, int classes) {
  private static final int LINES = 1_000;

  /** Of nothing known of classes. */
  DataSize(long rows, int features, double numbersARow) {
    this(rows, features, numbersARow, 0);
  }

  /** Of what a configuration names; refused where the head of a file does not tell. */
  static DataSize estimated(ConfigFile file) {
    DataSettings data = file.settings().data();
    if (data.format() == DataSettings.Format.PARQUET) {
      throw unknown(file, "a Parquet file's first lines do not tell its size", null);
    }
    Sources sources = data.sources();
    Path path = new Path(DataPath.found(file, "data." + sources.key(), sources.path()));
    try {
      FileSystem files = FileSystems.of(path, Hadoop.settings());
      long length = files.getContentSummary(path).getLength();
      List<Path> parts = parts(files, path);
      boolean hasClasses = file.settings().labels() == Labels.CLASSES;
      Head head = head(files, parts.get(0), data, hasClasses);
      return head.size(length - parts.size() * head.header, data);
    } catch (IOException unreadable) {
      throw unknown(file, FileSystems.reason(unreadable), unreadable);
    }
  }

  private static ConfigException unknown(ConfigFile file, String why, Exception cause) {
    return new ConfigException(
        "%sunknown size: %s (must be said: --rows N --features P)"
            .formatted(file.settings().places().of("data"), why),
        cause);
  }

  private static List<Path> parts(FileSystem files, Path path) throws IOException {
    if (files.getFileStatus(path).isFile()) {
      return List.of(path);
    }
    List<Path> parts =
        Arrays.stream(files.listStatus(path))
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(each -> !each.getName().startsWith("_") && !each.getName().startsWith("."))
            .toList();
    if (parts.isEmpty()) {
      throw new IOException("no file in " + path);
    }
    return parts;
  }

  /**
   * What the first lines have: the bytes of a header, the number of others, their bytes, cells of
   * the longest, largest index, classes.
   */
  private record Head(
      long header, long lines, long bytes, long pairs, int cells, int largest, int classes) {
    DataSize size(long length, DataSettings data) throws IOException {
      if (lines == 0) {
        throw new IOException("no rows");
      }
      long rows = Math.max(1, Math.round((double) length * lines / bytes));
      if (data.format() == DataSettings.Format.LIBSVM) {
        int width = data.columns().width();
        int features = width > 0 ? width : Math.max(1, largest);
        return new DataSize(rows, features, (double) pairs / lines, classes);
      }
      int features = data.columns().features().size();
      if (features == 0) {
        int others = data.columns().marks().size() + data.columns().excluded().size();
        features = Math.max(1, cells - others);
      }
      return new DataSize(rows, features, features, classes);
    }
  }

  private static Head head(FileSystem files, Path path, DataSettings data, boolean hasClasses)
      throws IOException {
    boolean isSparse = data.format() == DataSettings.Format.LIBSVM;
    long header = 0;
    long lines = 0;
    long bytes = 0;
    long pairs = 0;
    int cells = 0;
    int largest = 0;
    int classes = 0;
    int label = 0;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(files.open(path), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      if (!isSparse && line != null) {
        header = bytes(line);
        label = cells(line, data).indexOf(data.columns().label());
        line = in.readLine();
      }
      for (; line != null && lines < LINES; line = in.readLine()) {
        lines++;
        bytes += bytes(line);
        pairs += line.chars().filter(c -> c == ':').count();
        cells = Math.max(cells, 1 + (int) line.chars().filter(c -> c == separator(data)).count());
        int colon = line.lastIndexOf(':');
        classes = hasClasses ? Math.max(classes, classes(cells(line, data), label)) : 0;
        largest = isSparse && colon > 0 ? Math.max(largest, index(line, colon)) : largest;
      }
    }
    return new Head(header, lines, bytes, pairs, cells, largest, classes);
  }

  /** Those of a CSV line; of LibSVM the label comes first. */
  private static List<String> cells(String line, DataSettings data) {
    String separator = data.format() == DataSettings.Format.LIBSVM ? " " : "" + separator(data);
    return Arrays.stream(line.split(Pattern.quote(separator), -1))
        .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
        .toList();
  }

  /** The label plus one, where it is one; reading says what is wrong with another. */
  private static int classes(List<String> cells, int label) {
    String cell = label >= 0 && label < cells.size() ? cells.get(label) : "";
    if (!cell.matches("[0-9]{1,4}(\\.0*)?")) {
      return 0;
    }
    return 1 + (int) Double.parseDouble(cell);
  }

  /** With the end of the line. */
  private static int bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private static char separator(DataSettings data) {
    return data.csv().separator();
  }

  private static int index(String line, int colon) throws IOException {
    String index = line.substring(line.lastIndexOf(' ', colon) + 1, colon);
    try {
      return Integer.parseInt(index);
    } catch (NumberFormatException wrong) {
      throw new IOException(String.format(Locale.ROOT, "index %s is no number", index), wrong);
    }
  }
}
