package org.tacit.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Runs one benchmark by name; exits with 1 when one of its ratios misses its bar. */
public final class Bench {
  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "cliffs",
              new CliffsBenchmark(),
              "linear",
              new LinearBenchmark(),
              "solvers",
              SolversBenchmark.ofAll(),
              "solvers-a9a",
              SolversBenchmark.of(SolverData::adult),
              "solvers-mnist",
              SolversBenchmark.of(SolverData::digits),
              "solvers-logistic",
              SolversBenchmark.of(spark -> Optional.of(SolverData.synthetic(spark, 2))),
              "solvers-linear",
              SolversBenchmark.of(spark -> Optional.of(SolverData.synthetic(spark, 1))),
              "support",
              new SupportBenchmark(),
              "passes",
              new PassesBenchmark()));

  private Bench() {}

  /** A set of ratios, each of two sides measured in this run. */
  interface Benchmark {
    void run(SparkSession spark, Report report);
  }

  /** Runs the benchmark named by the only argument. */
  public static void main(String[] arguments) {
    Benchmark benchmark = arguments.length == 1 ? ALL.get(arguments[0]) : null;
    if (benchmark == null) {
      System.err.println("Usage: scripts/bench NAME, with NAME one of " + ALL.keySet());
      System.exit(2);
      return;
    }
    Report report = new Report();
    report.machine();
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("bench " + arguments[0])
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    benchmark.run(spark, report);
    spark.stop();
    report.peakMemory();
    System.exit(report.hasPassed() ? 0 : 1);
  }
}
