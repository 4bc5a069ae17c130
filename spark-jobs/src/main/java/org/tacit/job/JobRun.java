package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.tacit.linsolve.Outcome;
import org.tacit.spark.DataException;

/**
 * Runs a job on several configurations in one session: all are checked before the first runs, and
 * one that fails does not stop the rest.
 */
final class JobRun {
  private final Job job;
  private final SparkSession spark;

  private JobRun(Job job, SparkSession spark) {
    this.job = job;
    this.spark = spark;
  }

  /** The exit code: 0 when every configuration converged. */
  static int all(JobOptions options, Job job) {
    List<ConfigFile> files = new ArrayList<>();
    for (String conf : options.confs()) {
      ConfigFile file = ConfigFile.read(conf, options.overrides());
      if (files.stream().anyMatch(other -> other.name().equals(file.name()))) {
        throw new ConfigException(
            "Two configurations named "
                + file.name()
                + " (names must differ, since results are written by name)");
      }
      files.add(file);
    }
    List<Optional<Results>> outputs = files.stream().map(file -> output(file, options)).toList();
    boolean ownsSession = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark = session();
    try {
      int failures = 0;
      for (int k = 0; k < files.size(); k++) {
        failures += new JobRun(job, spark).one(files.get(k), outputs.get(k)) ? 0 : 1;
      }
      return failures == 0 ? 0 : 1;
    } finally {
      if (ownsSession) {
        spark.stop();
      }
    }
  }

  private static Optional<Results> output(ConfigFile file, JobOptions options) {
    return options
        .output()
        .or(() -> file.settings().output().path().map(file::resolved))
        .map(
            parent ->
                Results.in(parent, file.name(), ConfigFile.hadoop(), options.isOverwriting()));
  }

  /** The session of spark-submit, or an embedded one that listens to nobody. */
  private static SparkSession session() {
    SparkConf conf = new SparkConf().setAppName("tacit");
    if (!conf.contains("spark.master")) {
      conf.setMaster("local[*]")
          .set("spark.ui.enabled", "false")
          .set("spark.driver.bindAddress", "127.0.0.1")
          .set("spark.driver.host", "127.0.0.1");
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private boolean one(ConfigFile file, Optional<Results> output) {
    try {
      Map<String, Object> result = measured(file);
      output.ifPresent(
          results -> {
            results.write(result);
            Console.say("%s: written to %s", file.name(), results);
          });
      return Outcome.CONVERGED.label().equals(result.get("outcome"));
    } catch (DataException refused) {
      Console.error(
          new ConfigException(
              file.name() + ", setting " + refused.key() + ": " + refused.getMessage(), refused));
      return false;
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException explained) {
      Console.error(explained);
      return false;
    }
  }

  private Map<String, Object> measured(ConfigFile file) {
    long start = System.nanoTime();
    try (JobData data = JobData.read(spark, file)) {
      double reading = (System.nanoTime() - start) * 1e-9;
      Console.say("%s: %s", file.name(), data);
      Workspace workspace = Workspace.of(file.settings(), data);
      Map<String, Object> result = new LinkedHashMap<>(job.run(workspace));
      result.put("engine", data.engine());
      result.put("data", data.describe());
      result.put("passes", workspace.passes().ledger().passes());
      Map<String, Object> seconds = new LinkedHashMap<>();
      seconds.put("reading", reading);
      seconds.putAll(workspace.passes().ledger().seconds());
      seconds.put("total", (System.nanoTime() - start) * 1e-9);
      result.put("seconds", seconds);
      result.put("versions", Versions.all());
      return result;
    }
  }
}
