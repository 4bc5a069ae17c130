package org.tacit.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.tacit.experiment.Experiments;
import org.tacit.experiment.Findings;
import org.tacit.experiment.Setup;

/**
 * What hypergradients of the experiments cost, implicit ones beside unrolled ones that keep all
 * iterates, as JAX does: seconds, the forward solve included on both sides, and the most live bytes
 * beyond those before.
 *
 * <p>The support vector machine's iterations are the same on all sides. Distillation's bar is for
 * an implicit hypergradient of a fit that L-BFGS solves, since any solver will do, beside unrolled
 * descent, which is less exact; that of the same steps is beside them.
 */
final class ExperimentsBenchmark implements Bench.Benchmark {
  private static final String SVM = "svm";
  private static final String DISTILLATION = "distillation";
  private static final Set<String> ALL = Set.of(SVM, DISTILLATION);

  private final Set<String> parts;

  private ExperimentsBenchmark(Set<String> parts) {
    this.parts = parts;
  }

  static ExperimentsBenchmark ofAll() {
    return new ExperimentsBenchmark(ALL);
  }

  @Override
  public Set<String> parts() {
    return ALL;
  }

  @Override
  public Bench.Benchmark of(List<String> some) {
    return new ExperimentsBenchmark(Set.copyOf(some));
  }

  @Override
  public void run(SparkSession spark, Report report) {
    if (parts.contains(SVM)) {
      svm(report);
    }
    if (parts.contains(DISTILLATION)) {
      distillation(report);
    }
  }

  /** A property {@code tacit.bench.iterations} makes it smaller, to look at. */
  private static void svm(Report report) {
    int most = Integer.getInteger("tacit.bench.iterations", 2_500);
    for (int features : List.of(500, 10_000)) {
      int iterations = features == 10_000 ? most : Math.max(1, most / 10);
      String size = "features = [" + features + "], accelerated-gradient = " + iterations;
      String ways = "derivatives = [implicit-projected, unrolled], ";
      Map<String, Object> costs = costs(SVM, ways + "solvers = [accelerated-gradient], " + size);
      String of =
          "accelerated gradient, " + iterations + " iterations, " + features + " features, ";
      String implicit = of + "implicit projected";
      String unrolled = of + "unrolled";
      figures(report, "svm, ", costs, List.of(implicit, unrolled));
      if (features < 10_000) {
        ratio(report, "svm, " + of + "unrolled to implicit", costs, unrolled, implicit);
      } else {
        double seconds = seconds(costs, unrolled, implicit);
        report.ratioAtLeast("svm-unrolled-to-implicit-seconds", seconds, 2);
        report.ratioAtLeast("svm-unrolled-to-implicit-bytes", bytes(costs, unrolled, implicit), 10);
      }
    }
  }

  private static void distillation(Report report) {
    Map<String, Object> costs = costs(DISTILLATION, "steps = 20, descent = 2000");
    String of = "One hypergradient of distilled images, 2000 steps of descent, ";
    String same = of + "implicit after descent";
    String solved = of + "implicit after L-BFGS";
    String unrolled = of + "unrolled descent";
    figures(report, "distillation, ", costs, List.of(same, solved, unrolled));
    ratio(report, "distillation, unrolled to implicit of the same steps", costs, unrolled, same);
    ratio(report, "distillation, unrolled to implicit", costs, unrolled, solved);
    report.ratioAtLeast(
        "distillation-unrolled-to-implicit-seconds", seconds(costs, unrolled, solved), 4);
  }

  private static Map<String, Object> costs(String experiment, String overrides) {
    File folder = new File(System.getProperty("tacit.conf", "conf"), "experiments");
    Config config =
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.parseFile(new File(folder, experiment + ".conf")))
            .resolve();
    Setup setup = new Setup(config, folder.getPath(), line -> {});
    Findings findings = Experiments.named(experiment).orElseThrow().run(setup);
    return findings.costs();
  }

  private static void figures(
      Report report, String of, Map<String, Object> costs, List<String> sides) {
    for (String side : sides) {
      report.figure(of + side, number(costs, side + ", seconds"), "s");
      report.figure(of + side, number(costs, side + ", peak bytes") / 1e6, "MB live");
    }
  }

  private static void ratio(
      Report report, String name, Map<String, Object> costs, String other, String implicit) {
    report.figure(name + ", seconds", seconds(costs, other, implicit), "times");
    report.figure(name + ", bytes", bytes(costs, other, implicit), "times");
  }

  private static double seconds(Map<String, Object> costs, String other, String implicit) {
    return number(costs, other + ", seconds") / number(costs, implicit + ", seconds");
  }

  private static double bytes(Map<String, Object> costs, String other, String implicit) {
    return number(costs, other + ", peak bytes") / number(costs, implicit + ", peak bytes");
  }

  private static double number(Map<String, Object> costs, String key) {
    return ((Number) costs.get(key)).doubleValue();
  }
}
