package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.tacit.linsolve.Outcome;

/** Runs a job on one configuration, and writes its result. */
final class JobRun {
  private final Job job;
  private final SparkSession spark;

  JobRun(Job job, SparkSession spark) {
    this.job = job;
    this.spark = spark;
  }

  /** Whether the result converged; everything else is thrown. */
  ExitCode run(ConfigFile file, Optional<Results> output) {
    Map<String, Object> result = measured(file);
    output.ifPresent(
        results -> {
          results.write(result);
          Console.say("%s: written to %s", file.name(), results);
        });
    boolean isConverged = Outcome.CONVERGED.label().equals(result.get("outcome"));
    return isConverged ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
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
