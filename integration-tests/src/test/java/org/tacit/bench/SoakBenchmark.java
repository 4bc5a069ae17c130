package org.tacit.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.cluster.LocalCluster;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.job.LossKind;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.pass.Passes;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkTable;

/**
 * What the driver of a long tuning holds on to: outer iterations by the thousand on a standalone
 * cluster, descent after descent from other starts, and its heap, broadcasts, persisted RDDs,
 * lineage, threads and open files early and late.
 */
final class SoakBenchmark implements Bench.Benchmark {
  private static final int EARLY = 100;
  private static final int LATE = 2_000;
  private static final int STEPS_A_DESCENT = 20;
  private static final CliffShape SHAPE =
      new CliffShape("soak", 2_000, 20, 0, LossKind.LOGISTIC, PenaltyKind.L2, -4);

  private int iterations;
  private Map<String, Double> early = Map.of();
  private Map<String, Double> late = Map.of();

  @Override
  public void run(SparkSession embedded, Report report) {
    embedded.stop();
    try {
      Path folder = Files.createTempDirectory("tacit-soak");
      try (LocalCluster cluster = LocalCluster.standalone(folder);
          SparkSession spark = cluster.session("bench soak")) {
        soak(JavaSparkContext.fromSparkContext(spark.sparkContext()));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    early.forEach(
        (what, then) -> {
          report.figure(what + " after " + EARLY, then, "");
          report.figure(what + " after " + LATE, late.get(what), "");
          report.ratioAtMost(
              what.replace(' ', '-') + "-late-to-early", late.get(what) / then, 1.25);
        });
  }

  private void soak(JavaSparkContext context) {
    try (SparkTable train = SHAPE.table(context, 1);
        SparkTable held = SHAPE.table(context, 2)) {
      Passes passes =
          Passes.over(Map.of(PenalisedModel.TRAIN, train, PenalisedModel.VALIDATION, held));
      PenalisedModel model = SHAPE.model();
      ImplicitFunction inner =
          ImplicitFunction.of(
              model.inner(),
              Solver.automatic(),
              LinearSolver.auto(1e-8),
              Stopping.relative(1e-10, 500));
      BilevelProblem problem =
          BilevelProblem.of(inner, model.outer(SHAPE.loss().loss(), PenalisedModel.VALIDATION));
      Random random = new Random(1);
      while (iterations < LATE) {
        Matrix start =
            Matrix.zeros(SHAPE.columns(), 1).map(zero -> SHAPE.theta() + random.nextGaussian());
        OuterOptimiser.adaptiveGradient(new OuterStopping(1e-12, STEPS_A_DESCENT, 1e-8))
            .minimise(
                OuterFunction.of(problem, passes).within(Bounds.of(-20, 10)),
                start,
                step -> count(context));
      }
    }
  }

  private void count(JavaSparkContext context) {
    iterations++;
    if (iterations == EARLY - 1 || iterations == LATE - 1) {
      collect();
    } else if (iterations == EARLY) {
      early = held(context);
    } else if (iterations == LATE) {
      late = held(context);
    }
  }

  /**
   * After it Spark and the next pass let go of what was unreachable. Spark asks executors, one
   * broadcast after the other, and is waited for.
   */
  private static void collect() {
    System.gc();
    long before;
    long left = Long.MAX_VALUE;
    try {
      do {
        before = left;
        Thread.sleep(3_000);
        left = broadcasts();
      } while (left < before);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long broadcasts() {
    return SparkEnv.get().blockManager().getMatchingBlockIds(id -> id.isBroadcast()).size();
  }

  /** What is left a step after a collection, and after one more. */
  private static Map<String, Double> held(JavaSparkContext context) {
    collect();
    Runtime runtime = Runtime.getRuntime();
    Map<String, Double> held = new LinkedHashMap<>();
    held.put("heap in MB", (runtime.totalMemory() - runtime.freeMemory()) * 1e-6);
    held.put("blocks of broadcasts", (double) broadcasts());
    held.put("persisted RDDs", (double) context.getPersistentRDDs().size());
    held.put(
        "lines of lineage",
        (double)
            context.getPersistentRDDs().values().stream()
                .mapToLong(rdd -> rdd.toDebugString().lines().count())
                .sum());
    held.put("threads", (double) Thread.activeCount());
    String[] open = new File("/proc/self/fd").list();
    held.put("open files", open == null ? Double.NaN : open.length);
    return held;
  }
}
