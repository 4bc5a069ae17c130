package org.tacit.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.cluster.LocalCluster;
import org.tacit.fixtures.References;
import org.tacit.job.Tacit;

/**
 * What executors in processes of their own cost: the hypergradient of a9a, reading and all, on a
 * standalone cluster of two executors of one core each, against two threads of this JVM; and there
 * a pass on a tiny table against an empty job.
 */
final class ClusterBenchmark implements Bench.Benchmark {
  private static final int WARMUPS = 4;
  private static final int ROUNDS = 9;

  @Override
  public void run(SparkSession spark, Report report) {
    if (AdultHessian.file().isEmpty()) {
      throw new IllegalStateException("No file a9a (must be in TACIT_DATA)");
    }
    double embedded = hypergradient();
    spark.stop();
    try {
      Path folder = Files.createTempDirectory("tacit-cluster");
      try (LocalCluster cluster = LocalCluster.standalone(folder)) {
        onCluster(cluster, embedded, report);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void onCluster(LocalCluster cluster, double embedded, Report report)
      throws IOException {
    SparkSession spark = cluster.session("bench cluster");
    PassesBenchmark.overhead(JavaSparkContext.fromSparkContext(spark.sparkContext()), report);
    double apart = hypergradient();
    spark.stop();
    report.figure("a9a, hypergradient, local[2]", embedded, "s");
    report.figure("a9a, hypergradient, two executors", apart, "s");
    report.ratioAtMost("cluster-to-embedded-seconds", apart / embedded, 2.5);
  }

  /** The median seconds of the job, whatever session there is. */
  private static double hypergradient() {
    String conf = References.root().resolve("conf/a9a.conf").toString();
    String[] arguments =
        List.of("hypergradient", conf, "--set", "engine=spark", "--set", "data.partitions=2")
            .toArray(new String[0]);
    Map<String, Double> seconds =
        new Sides().with("job", () -> quietly(arguments)).medians(WARMUPS, ROUNDS);
    return seconds.get("job");
  }

  private static void quietly(String[] arguments) {
    PrintStream out = System.out;
    System.setOut(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    try {
      if (Tacit.run(arguments) != 0) {
        throw new IllegalStateException("the job did not end well");
      }
    } finally {
      System.setOut(out);
    }
  }
}
