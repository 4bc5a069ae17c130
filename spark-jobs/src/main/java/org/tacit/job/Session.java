package org.tacit.job;

import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.tacit.config.ConfigException;
import org.tacit.config.Submission;
import org.tacit.matrix.Blas;
import scala.jdk.javaapi.OptionConverters;

/**
 * The Spark session of a command: that of whoever calls, or one that is started when it is first
 * asked for and ends with the command. Under a master it is started at once, since cluster managers
 * wait for it, and files that were submitted are found through it.
 */
final class Session {
  private Session() {}

  /** Runs a command, and ends the session that it started. */
  static int around(IntSupplier command) {
    boolean isOurs = running().isEmpty();
    requireBlas();
    try {
      if (Submission.hasMaster()) {
        spark();
      }
      return command.getAsInt();
    } finally {
      if (isOurs) {
        running().ifPresent(SparkSession::stop);
      }
    }
  }

  /** A choice that there is not would end every configuration at its first product. */
  private static void requireBlas() {
    try {
      Blas.requireSetting();
    } catch (IllegalArgumentException invalid) {
      throw new ConfigException(invalid.getMessage(), invalid);
    }
  }

  /** The session there is, if Spark has been needed so far. */
  static Optional<SparkSession> running() {
    return OptionConverters.toJava(SparkSession.getDefaultSession());
  }

  /** What spark-submit says, or an embedded session that listens to nobody. */
  static SparkSession spark() {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", "tacit");
    if (!Submission.hasMaster()) {
      conf.setMaster("local[*]")
          .setIfMissing("spark.ui.enabled", "false")
          .setIfMissing("spark.driver.bindAddress", "127.0.0.1")
          .setIfMissing("spark.driver.host", "127.0.0.1")
          // A task that runs out of memory fails its job, not the JVM of all configurations.
          .setIfMissing("spark.executor.killOnFatalErrorDepth", "0");
    }
    boolean isNew = running().isEmpty();
    SparkSession session = SparkSession.builder().config(conf).getOrCreate();
    if (isNew) {
      session.sparkContext().addSparkListener(new ExecutorMemory());
    }
    return session;
  }
}
