package org.tacit.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Where configurations are read from, and results written to: any Hadoop file system. */
public final class Hadoop {
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
    return settings(new SparkConf());
  }

  /** Hadoop's settings with those that spark.hadoop.* make of them. */
  public static Configuration settings(SparkConf spark) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : spark.getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  /** The text of a configuration file. */
  public static String text(String location) {
    Path path = new Path(location);
    try (var in = path.getFileSystem(settings()).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
}
