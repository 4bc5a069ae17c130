package org.tacit.config;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.SparkSession;

/** Where configurations are read from, and results written to: any Hadoop file system. */
public final class Hadoop {
  private static final String OF_SPARK = "spark.hadoop.";

  private Hadoop() {}

  /**
   * The session's Hadoop settings; before there is one, Hadoop's own with those that Spark's
   * spark.hadoop.* make of them.
   */
  public static Configuration settings() {
    var session = SparkSession.getDefaultSession();
    if (session.isDefined() && !session.get().sparkContext().isStopped()) {
      return session.get().sparkContext().hadoopConfiguration();
    }
    return WithoutSession.SETTINGS;
  }

  /** Read once: they are thousands of lines of XML. */
  private static final class WithoutSession {
    private static final Configuration SETTINGS = settings(System.getProperties());
  }

  /** Hadoop's settings with those that spark.hadoop.* make of them. */
  public static Configuration settings(Properties spark) {
    Configuration hadoop = new Configuration();
    for (String name : spark.stringPropertyNames()) {
      if (name.startsWith(OF_SPARK)) {
        hadoop.set(name.substring(OF_SPARK.length()), spark.getProperty(name));
      }
    }
    return hadoop;
  }

  /**
   * Where the file is that a command line names: at that address; where that has no scheme, on the
   * default file system, then on the driver's disk, then among those that spark-submit's {@code
   * --files} brought. The first where there is one.
   */
  static Path located(String location) throws IOException {
    Path path = new Path(location);
    if (path.toUri().getScheme() != null || FileSystems.of(path, settings()).exists(path)) {
      return path;
    }
    if (new File(location).isFile()) {
      return new Path(new File(location).getAbsoluteFile().toURI());
    }
    if (SparkSession.getDefaultSession().isDefined() && !path.isAbsolute()) {
      File brought = new File(SparkFiles.get(path.getName()));
      if (brought.isFile()) {
        return new Path(brought.toURI());
      }
    }
    return path;
  }

  /**
   * The folder that results are asked for in; a relative one is refused where it would be in a
   * scratch folder of the cluster.
   */
  public static String place(String folder) {
    Path path = new Path(folder);
    boolean isRelative = path.toUri().getScheme() == null && !path.isAbsolute();
    String files = FileSystem.getDefaultUri(settings()).getScheme();
    if (isRelative && Submission.isInCluster() && files.equals("file")) {
      throw new ConfigException(
          "Relative output "
              + folder
              + " in cluster deploy mode (it would be in a scratch folder of the machine that runs the"
              + " driver; must be an address that all machines share, such as hdfs://...)");
    }
    return folder;
  }

  /** The configuration file at {@code location}, wherever it is. */
  public static ConfigSource source(String location) {
    try {
      Path path = located(location);
      FileSystem files = FileSystems.of(path, settings());
      try (var in = files.open(path)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new ConfigSource(location, path, text);
      }
    } catch (FileNotFoundException absent) {
      String remedy =
          Submission.isInCluster()
              ? "the driver runs on a machine of the cluster: name it as hdfs://..., or bring it by"
                  + " --files and name it without its folder"
              : "must be the path of a .conf file";
      throw new ConfigException("No configuration file " + location + " (" + remedy + ")", absent);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ConfigException(
          "Cannot read configuration %s: %s (must be a readable file)"
              .formatted(location, FileSystems.reason(unreadable)),
          unreadable);
    }
  }
}
