package org.tacit.experiment;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.tacit.config.Section;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

/**
 * A few steps of descent on the log of a multiclass support vector machine's validation loss, lam
 * being the log of its penalty, by three solvers and three derivatives of each: through the fixed
 * points of projected gradient and of mirror descent, whatever the solver was, and through the
 * unrolled iterations with all iterates kept. All three differentiate the same iterates, so that
 * losses at the same lam are equal.
 */
final class Svm implements Experiment {
  @Override
  public String name() {
    return "svm";
  }

  @Override
  public String shows() {
    return "time and memory of implicit and unrolled hypergradients of a multiclass SVM, by features";
  }

  @Override
  public String reference() {
    return "figure 4";
  }

  @Override
  public String takes() {
    return "5 min";
  }

  private record Plan(
      List<SvmSolver> solvers,
      List<SvmDerivative> ways,
      int iterations,
      int sweeps,
      int steps,
      double start) {
    int of(SvmSolver solver) {
      return solver == SvmSolver.BLOCK_DESCENT ? sweeps : iterations;
    }
  }

  /** Where one derivative of one solver led, and what a step of it cost. */
  private record Run(
      SvmSolver solver,
      SvmDerivative way,
      int features,
      SvmDerivative.Slope first,
      double lam,
      double loss,
      long unsolved,
      double seconds,
      double bytes) {}

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "seed",
            "solvers",
            "derivatives",
            "features",
            "rows",
            "validation",
            "classes",
            "separation",
            "iterations",
            "sweeps",
            "steps",
            "start");
    int rows = settings.integer("rows", 700, 10);
    int held = settings.integer("validation", 200, 1);
    int classes = settings.integer("classes", 5, 2);
    double separation = settings.number("separation", 0.3, v -> v >= 0, ">= 0");
    int seed = settings.integer("seed", 1, 0);
    Plan plan =
        new Plan(
            settings.choices("solvers", SvmSolver.class),
            settings.choices("derivatives", SvmDerivative.class),
            settings.integer("iterations", 100, 1),
            settings.integer("sweeps", 20, 1),
            settings.integer("steps", 2, 1),
            settings.number("start", 2, Double::isFinite, "finite"));
    List<Run> runs = new ArrayList<>();
    for (int features : settings.someIntegers("features", "numbers of features, >= 20")) {
      Samples all = Classes.of(seed, rows + held, features, classes, separation);
      double part = rows / (double) all.count();
      List<Samples> parts = all.split(seed, part, 1 - part);
      SvmDual dual = new SvmDual(parts.get(0), parts.get(1), classes);
      for (SvmSolver solver : plan.solvers) {
        Unrolled iterations = dual.iterations(solver, plan.of(solver));
        for (SvmDerivative way : plan.ways) {
          Run run = run(plan, solver, way, features, way.of(dual, iterations));
          runs.add(run);
          setup.say(
              "svm: %d features, %s, %s: loss %.6f, %.2f s and %.1f MB a step",
              features, solver.title(), way.title(), run.loss, run.seconds, run.bytes / 1e6);
        }
      }
    }
    return findings(plan, runs);
  }

  /** lam goes down the derivative of log loss. */
  private static Run run(
      Plan plan, SvmSolver solver, SvmDerivative way, int features, SvmDerivative.Way derivative) {
    List<SvmDerivative.Slope> slopes = new ArrayList<>();
    double lam = plan.start;
    double seconds = 0;
    long bytes = 0;
    for (int step = 0; step < plan.steps; step++) {
      double here = lam;
      Cost<SvmDerivative.Slope> cost = Cost.of(() -> derivative.at(here));
      SvmDerivative.Slope slope = cost.value();
      slopes.add(slope);
      seconds += cost.seconds() / plan.steps;
      bytes = Math.max(bytes, cost.bytes());
      lam = here - slope.derivative() / slope.loss();
    }
    double loss = slopes.get(slopes.size() - 1).loss();
    long unsolved = slopes.stream().filter(slope -> !slope.isSolved()).count();
    return new Run(solver, way, features, slopes.get(0), lam, loss, unsolved, seconds, bytes);
  }

  private static Findings findings(Plan plan, List<Run> runs) {
    Findings findings = new Findings();
    for (Run run : runs) {
      String what = run.solver.title() + ", " + run.features + " features, " + run.way.title();
      findings.withCost(what + ", seconds", run.seconds).withCost(what + ", peak bytes", run.bytes);
    }
    return findings
        .with("unsolvedSystems", runs.stream().mapToLong(Run::unsolved).sum())
        .with("mostDifferenceOfLosses", difference(runs, Run::loss))
        .with("mostDifferenceOfDerivatives", difference(runs, run -> run.first.derivative()))
        .with(
            table(
                "svm.csv",
                List.of(
                    "method", "features", "first derivative", "lambda", "loss", "unsolved systems"),
                runs,
                run ->
                    DoubleStream.of(
                        run.features,
                        run.first.derivative(),
                        run.lam,
                        run.loss,
                        (double) run.unsolved)))
        .with(
            table(
                "costs.csv",
                List.of("method", "features", "seconds a step", "peak bytes"),
                runs,
                run -> DoubleStream.of(run.features, run.seconds, run.bytes)))
        .with(picture("costs-seconds", plan, "seconds a hypergradient", runs, Run::seconds))
        .with(
            picture("costs-memory", plan, "peak live MB", runs, r -> Math.max(r.bytes, 1e4) / 1e6))
        .with(picture("svm", plan, "validation loss, " + plan.steps + " steps", runs, Run::loss));
  }

  /** The most that an implicit value differs from the unrolled one of its solver, relative. */
  private static double difference(List<Run> runs, ToDoubleFunction<Run> value) {
    double most = 0;
    for (Run run : runs) {
      for (Run other : runs) {
        if (other.way == SvmDerivative.UNROLLED
            && other.solver == run.solver
            && other.features == run.features) {
          most =
              Math.max(most, Math.abs(value.applyAsDouble(run) / value.applyAsDouble(other) - 1));
        }
      }
    }
    return most;
  }

  private static CsvFile table(
      String name,
      List<String> header,
      List<Run> runs,
      java.util.function.Function<Run, DoubleStream> row) {
    return new CsvFile(
        name,
        header,
        runs.stream().map(run -> run.solver.title() + ", " + run.way.title()).toList(),
        Matrix.adopting(
            runs.size(), header.size() - 1, runs.stream().flatMapToDouble(row).toArray()));
  }

  /** A chart a solver side by side, with its legend below. */
  private static Picture picture(
      String name, Plan plan, String unit, List<Run> runs, ToDoubleFunction<Run> value) {
    DoubleSummaryStatistics all = runs.stream().mapToDouble(value).summaryStatistics();
    boolean isWide = all.getMax() > 4 * all.getMin();
    List<XYChart> charts = new ArrayList<>();
    for (SvmSolver solver : plan.solvers) {
      String title = solver.title() + ", " + plan.of(solver) + " iterations";
      XYChart chart = Charts.logarithmic(title, "features", unit);
      for (SvmDerivative way : plan.ways) {
        List<Run> curve =
            runs.stream().filter(run -> run.solver == solver && run.way == way).toList();
        Charts.line(chart, way.title(), curve, Run::features, value);
      }
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
      chart.getStyler().setYAxisLogarithmic(isWide);
      charts.add(chart);
    }
    return Picture.beside(name, charts);
  }
}
