package org.tacit.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * A configuration file on any Hadoop file system, with its settings; paths in it are relative to
 * its folder.
 */
record ConfigFile(Path path, Settings settings) {
  /**
   * The session's Hadoop settings; before there is one, Hadoop's own with those that Spark's
   * spark.hadoop.* make of them.
   */
  static Configuration hadoop() {
    var session = SparkSession.getDefaultSession();
    if (session.isDefined() && !session.get().sparkContext().isStopped()) {
      return session.get().sparkContext().hadoopConfiguration();
    }
    return hadoop(new SparkConf());
  }

  static Configuration hadoop(SparkConf spark) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : spark.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  static ConfigFile read(String location, List<String> overrides) {
    return read(location, overrides, Set.of());
  }

  static ConfigFile read(String location, List<String> overrides, Set<Lookup> allowed) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop());
      Path whole = files.makeQualified(path);
      requireName(whole);
      return new ConfigFile(
          whole,
          Settings.of(
              location, ConfigText.parsed(location, text(files, path), overrides, allowed)));
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

  private static String text(FileSystem files, Path path) throws IOException {
    try (var in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Results are written into a folder of this name, which must not be that of all results. */
  private static void requireName(Path path) {
    String name = name(path);
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new ConfigException(
          "Invalid name of configuration "
              + path.getName()
              + " (must have more than dots before .conf, since results are written by name)");
    }
  }

  /** The file's name without .conf: the name of its results. */
  String name() {
    return name(path);
  }

  private static String name(Path path) {
    return path.getName().replaceFirst("\\.conf$", "");
  }

  /** The place of what goes out: absolute as it is, else under the configuration's folder. */
  String beside(String location) {
    return isAbsolute(location) ? location : new Path(path.getParent(), location).toString();
  }

  /**
   * Where data may be: absolute paths as they are, relative ones under the configuration's folder,
   * then under the working directory.
   */
  List<String> candidates(String location) {
    return isAbsolute(location) ? List.of(location) : List.of(beside(location), location);
  }

  static boolean isAbsolute(String location) {
    Path there = new Path(location);
    return there.isAbsolute() || there.toUri().getScheme() != null;
  }
}
