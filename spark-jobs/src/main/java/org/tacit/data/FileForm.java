package org.tacit.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.tacit.config.FileSystems;

/**
 * What files are by their first bytes, held against the format that they are to be read in: told
 * here, since a task that cannot read one tells it in a trace.
 */
record FileForm(Configuration hadoop) {
  private static final int HEAD = 512;
  private static final String PARQUET = "PAR1";

  /** Two magic numbers and the length of a footer. */
  private static final int SHORTEST_PARQUET = 12;

  private static final Pattern LIBSVM = Pattern.compile("[^\\s,;:]+(\\s+\\d+:[^\\s,;:]+)+\\s*");
  private static final Pattern CSV = Pattern.compile("[^:]*[,;\\t][^:]*");

  /** Throws unless all are text; by its first line, unless all may be CSV. */
  void requireCsv(List<String> files) {
    require(files, file -> text("CSV", file, LIBSVM, "libsvm"));
  }

  /** Throws unless all are text; by its first line, unless all may be LibSVM. */
  void requireLibSvm(List<String> files) {
    require(files, file -> text("LibSVM", file, CSV, "csv"));
  }

  /** Throws unless all begin and end as Parquet files do. */
  void requireParquet(List<String> files) {
    require(files, this::parquet);
  }

  /** What is wrong with a file, if anything. */
  private interface Check {
    Optional<String> of(String file) throws IOException;
  }

  private static void require(List<String> files, Check check) {
    files.parallelStream()
        .map(file -> objection(file, check))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            objection -> {
              throw new DataException("data.format", objection);
            });
  }

  private static Optional<String> objection(String file, Check check) {
    try {
      return check.of(file);
    } catch (IOException unreadable) {
      return Optional.of(
          "Cannot read %s: %s (must be readable data of its data.format)"
              .formatted(file, FileSystems.reason(unreadable)));
    }
  }

  private Optional<String> text(String wanted, String file, Pattern other, String itsFormat)
      throws IOException {
    byte[] head = head(file);
    Optional<String> kind = binary(head);
    if (kind.isPresent()) {
      return Optional.of("Not " + wanted + ": " + file + " is " + kind.get());
    }
    String first = firstLine(head);
    return other.matcher(first).matches()
        ? Optional.of(
            "Not %s: %s begins with %s (set data.format = %s)"
                .formatted(wanted, file, first, itsFormat))
        : Optional.empty();
  }

  /** With what to do about it. */
  private static Optional<String> binary(byte[] head) {
    String begin = new String(head, StandardCharsets.ISO_8859_1);
    if (begin.startsWith(PARQUET)) {
      return Optional.of("a Parquet file (set data.format = parquet)");
    }
    if (begin.startsWith("PK\u0003\u0004")) {
      return Optional.of("a ZIP archive or a workbook (export it as CSV)");
    }
    if (begin.startsWith("\u001f\u008b")) {
      return Optional.of("compressed by gzip (end its name in .gz)");
    }
    return begin.indexOf('\0') >= 0
        ? Optional.of("not UTF-8: binary, or text in UTF-16 (write it as text in UTF-8)")
        : Optional.empty();
  }

  private Optional<String> parquet(String file) throws IOException {
    Path path = new Path(file);
    FileSystem files = FileSystems.of(path, hadoop);
    long length = files.getFileStatus(path).getLen();
    byte[] head = new byte[(int) Math.min(HEAD, length)];
    byte[] tail = new byte[Math.min(PARQUET.length(), head.length)];
    try (FSDataInputStream in = files.open(path)) {
      in.readFully(0, head);
      in.readFully(length - tail.length, tail);
    } catch (EOFException shortened) {
      return Optional.of("Not Parquet: " + file + " is being written (wait for its end)");
    }
    boolean begins = new String(head, StandardCharsets.ISO_8859_1).startsWith(PARQUET);
    boolean ends = new String(tail, StandardCharsets.ISO_8859_1).equals(PARQUET);
    if (begins && ends && length >= SHORTEST_PARQUET) {
      return Optional.empty();
    }
    if (begins) {
      return Optional.of(
          "Not Parquet: " + file + " has no end: it was cut off (write or copy it again)");
    }
    String first = firstLine(head);
    String format = LIBSVM.matcher(first).matches() ? "libsvm" : "csv";
    return Optional.of(
        "Not Parquet: %s%s".formatted(file, length == 0 ? " is empty" : " begins with " + first)
            + (binary(head).isPresent() || length == 0
                ? " (write it as Parquet)"
                : " (set data.format = " + format + ")"));
  }

  /** The first bytes, of a compressed file those of its text. */
  private byte[] head(String file) throws IOException {
    Path path = new Path(file);
    var codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (FSDataInputStream in = FileSystems.of(path, hadoop).open(path);
        InputStream text = codec == null ? in : codec.createInputStream(in)) {
      return text.readNBytes(HEAD);
    }
  }

  /** Printable, and no longer than a message bears. */
  private static String firstLine(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    String line = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("").strip();
    String printable = line.replaceAll("\\p{Cntrl}", ".");
    return printable.length() > 60 ? printable.substring(0, 60) + "..." : printable;
  }
}
