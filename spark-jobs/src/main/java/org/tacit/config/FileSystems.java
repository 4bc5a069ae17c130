package org.tacit.config;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;

/**
 * The file system of an address. Where there is none for its scheme, the error says which there
 * are, and what brings another.
 */
public final class FileSystems {
  private static final List<String> WEB = List.of("http", "https");

  /** Asked for one by one: Hadoop makes one of each to list them. */
  private static final List<String> COMMON =
      List.of("file", "hdfs", "webhdfs", "s3a", "gs", "abfs", "abfss", "oss", "ftp", "sftp");

  private FileSystems() {}

  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    String own = path.toUri().getScheme();
    String scheme = own == null ? FileSystem.getDefaultUri(hadoop).getScheme() : own;
    if (!isKnown(scheme, hadoop)) {
      throw unknown(path, scheme, hadoop, null);
    }
    try {
      return path.getFileSystem(hadoop);
    } catch (NoClassDefFoundError incomplete) {
      throw unknown(path, scheme, hadoop, incomplete);
    }
  }

  /**
   * What went wrong, in a line: the messages of servers have their own traces in them, and local
   * files report a full disk as an Error around the reason.
   */
  public static String reason(Throwable failed) {
    Throwable told = failed instanceof FSError ? failed.getCause() : failed;
    String message = told.getMessage() == null ? told.toString() : told.getMessage();
    return message.lines().findFirst().orElse(told.toString());
  }

  /** Hadoop reads one file of the web, but neither folders of it nor whether there is one. */
  private static boolean isKnown(String scheme, Configuration hadoop) {
    if (WEB.contains(scheme.toLowerCase(Locale.ROOT))) {
      return false;
    }
    try {
      return FileSystem.getFileSystemClass(scheme, hadoop) != null;
    } catch (IOException | RuntimeException absent) {
      return false;
    }
  }

  private static ConfigException unknown(
      Path path, String scheme, Configuration hadoop, NoClassDefFoundError incomplete) {
    List<String> known = COMMON.stream().filter(common -> isKnown(common, hadoop)).toList();
    return new ConfigException(
        "No file system for scheme %s of %s (known here: %s; %s)"
            .formatted(
                scheme, path, String.join(", ", known), remedy(scheme.toLowerCase(Locale.ROOT))),
        incomplete);
  }

  private static String remedy(String scheme) {
    if (WEB.contains(scheme)) {
      return "download it, and name the file";
    }
    if (scheme.equals("s3") || scheme.equals("s3n")) {
      return "write s3a://... for it";
    }
    return module(scheme)
        .map(
            jar ->
                String.format(
                    "bring the jar of %s by --master \"local[*]\" --conf spark.jars.packages=%s"
                        + " before the command",
                    scheme, jar))
        .orElse(
            "must be the path of a file or folder there, or bring the jar of its file system by --conf spark.jars=...");
  }

  /** Where the file systems of clouds are. */
  private static Optional<String> module(String scheme) {
    String hadoop = "org.apache.hadoop:%s:" + VersionInfo.getVersion();
    return switch (scheme) {
      case "s3a" -> Optional.of(hadoop.formatted("hadoop-aws"));
      case "abfs", "abfss", "wasb", "wasbs" -> Optional.of(hadoop.formatted("hadoop-azure"));
      case "oss" -> Optional.of(hadoop.formatted("hadoop-aliyun"));
      case "gs" -> Optional.of("com.google.cloud.bigdataoss:gcs-connector:hadoop3-2.2.21");
      default -> Optional.empty();
    };
  }
}
