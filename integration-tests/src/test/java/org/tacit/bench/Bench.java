package org.tacit.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Runs one benchmark by name; exits with 1 when one of its ratios misses its bar. */
public final class Bench {
  private static final Map<String, Benchmark> ALL = all();

  private Bench() {}

  private static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new TreeMap<>();
    all.put("cliffs", CliffsBenchmark.ofAll());
    all.put("cluster", new ClusterBenchmark());
    all.put("experiments", ExperimentsBenchmark.ofAll());
    all.put("linear", new LinearBenchmark());
    all.put("passes", new PassesBenchmark());
    all.put("plan", new PlanBenchmark());
    all.put("reading", new ReadingBenchmark());
    all.put("recipes", RecipesBenchmark.ofAll());
    all.put("sweep-kernels", KernelsBenchmark.ofAll());
    all.put("soak", new SoakBenchmark());
    all.put("solvers", SolversBenchmark.ofAll());
    all.put("solvers-a9a", SolversBenchmark.of(SolverData::adult));
    all.put("solvers-mnist", SolversBenchmark.of(SolverData::digits));
    all.put(
        "solvers-logistic",
        SolversBenchmark.of(spark -> Optional.of(SolverData.synthetic(spark, 2))));
    all.put(
        "solvers-linear",
        SolversBenchmark.of(spark -> Optional.of(SolverData.synthetic(spark, 1))));
    all.put("support", new SupportBenchmark());
    all.put("sweep", SweepBenchmark.ofAll());
    return all;
  }

  /** A set of ratios, each of two sides measured in this run. */
  interface Benchmark {
    void run(SparkSession spark, Report report);

    /** What its parts are called that can be run apart. */
    default Set<String> parts() {
      return Set.of();
    }

    /** The same with these parts alone. */
    default Benchmark of(List<String> parts) {
      return this;
    }
  }

  /** Runs the benchmark named by the first argument, or those parts of it that others name. */
  public static void main(String[] arguments) {
    Benchmark named = arguments.length > 0 ? ALL.get(arguments[0]) : null;
    List<String> parts =
        List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    if (named == null || !named.parts().containsAll(parts)) {
      System.err.println("Usage: scripts/bench NAME [PART...], with NAME one of " + ALL.keySet());
      ALL.forEach(
          (name, each) -> {
            if (!each.parts().isEmpty()) {
              System.err.println("  " + name + " has parts " + each.parts());
            }
          });
      System.exit(2);
      return;
    }
    Benchmark benchmark = parts.isEmpty() ? named : named.of(parts);
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
