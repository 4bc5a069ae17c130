package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.bilevel.UnrolledHypergradient;
import org.tacit.config.Section;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.DiagonalPreconditioner;
import org.tacit.linsolve.NoPreconditioner;
import org.tacit.linsolve.Preconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.program.Program;

/**
 * The derivative of {@link SvmDual}'s validation loss in lam, the log of the penalty, at the last
 * iterate of three solvers in three ways each: through the fixed points of projected gradient and
 * of mirror descent, whatever the solver was, and through the iterations, all kept. What is true is
 * the derivative of the problem solved by the library's accelerated projected gradient.
 */
final class Svm {
  static final Experiment EXPERIMENT =
      Experiment.of(
          "svm",
          "time and memory of implicit and unrolled hypergradients of a multiclass SVM, by features",
          "figure 4",
          "5 min",
          Svm::run);

  private Svm() {}

  /** The solvers, by how their iterations are called. */
  enum Method {
    MIRROR_DESCENT,
    ACCELERATED_GRADIENT,
    BLOCK_DESCENT;

    Unrolled iterations(SvmDual dual, int count) {
      return switch (this) {
        case MIRROR_DESCENT -> Unrolled.of(dual.mirrored, count);
        case ACCELERATED_GRADIENT -> Unrolled.ofAccelerated(dual.projected, count);
        case BLOCK_DESCENT -> dual.sweeps(count);
      };
    }
  }

  /** The ways to a derivative. */
  enum Way {
    PROJECTED("implicit, projected gradient's fixed point"),
    MIRRORED("implicit, mirror descent's fixed point"),
    UNROLLED("unrolled, all iterates kept");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    Slope of(SvmDual dual, Unrolled iterations, Matrix lam) {
      if (this == UNROLLED) {
        BilevelProblem problem = dual.validation(dual.projected, new NoPreconditioner());
        Unrolled all = iterations.withCheckpointInterval(1);
        UnrolledHypergradient at = problem.hypergradient(dual.passes, lam, dual.start(), all);
        return new Slope(at.outerValue(), at.gradient().value(), true);
      }
      Matrix x = iterations.last(dual.passes, lam, dual.start());
      return at(dual, this == PROJECTED ? dual.projected : dual.mirrored, x, lam);
    }

    /** Mirror descent's rows are as small as x: undone by a diagonal that is so, too. */
    private static Slope at(SvmDual dual, Condition fixedPoint, Matrix x, Matrix lam) {
      Preconditioner scales =
          fixedPoint
              .complementarity()
              .map(
                  d ->
                      dual.passes.evaluate(Program.of("d", d.node()), Map.of("x", x, "theta", lam)))
              .<Preconditioner>map(d -> DiagonalPreconditioner.of(d.get("d")))
              .orElseGet(NoPreconditioner::new);
      BilevelProblem problem = dual.validation(fixedPoint, scales);
      try (ImplicitSolution solution = problem.inner().at(dual.passes, lam, x)) {
        return slope(problem, solution);
      }
    }

    /** That of the problem solved. */
    static Slope exact(SvmDual dual, Matrix lam) {
      BilevelProblem problem = dual.validation(dual.projected, new NoPreconditioner());
      try (ImplicitSolution solution = problem.inner().solve(dual.passes, lam, dual.start())) {
        solution.inner().orThrow();
        return slope(problem, solution);
      }
    }

    private static Slope slope(BilevelProblem problem, ImplicitSolution solution) {
      Hypergradient found = problem.hypergradient(solution);
      boolean isSolved = found.adjoint().outcome().isConverged();
      return new Slope(found.outerValue(), found.gradient().value(), isSolved);
    }
  }

  /** A loss and its derivative, and whether the linear system behind it was solved. */
  record Slope(double loss, double derivative, boolean isSolved) {}

  /** One derivative of one solver, and what it cost. */
  private record Run(
      String solver, Way way, int features, Slope slope, Slope exact, Cost<Slope> cost) {
    String title() {
      return solver + ", " + features + " features, " + way.title;
    }

    double error() {
      return Math.abs(slope.derivative / exact.derivative - 1);
    }

    double lossError() {
      return Math.abs(slope.loss / exact.loss - 1);
    }

    double unsolved() {
      return slope.isSolved ? 0 : 1;
    }

    double megabytes() {
      return Math.max(cost.bytes(), 1e4) / 1e6;
    }
  }

  private static Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "seed solvers derivatives features rows validation classes separation lambda",
            "mirror-descent accelerated-gradient block-descent");
    int rows = settings.integer("rows", 700, 10);
    int held = settings.integer("validation", 200, 1);
    int classes = settings.integer("classes", 5, 2);
    double separation = settings.number("separation", 0.3, v -> v >= 0, ">= 0");
    int seed = settings.integer("seed", 1, 0);
    Matrix lam = Matrix.scalar(settings.number("lambda", 3, Double::isFinite, "finite"));
    List<Method> solvers = settings.choices("solvers", Method.class);
    List<Run> runs = new ArrayList<>();
    for (int features : settings.someIntegers("features", "numbers of features, >= 20")) {
      Samples all = Classes.of(seed, rows + held, features, classes, separation);
      double part = rows / (double) all.count();
      List<Samples> parts = all.split(seed, part, 1 - part);
      SvmDual dual = new SvmDual(parts.get(0), parts.get(1), classes);
      Slope exact = Way.exact(dual, lam);
      for (Method method : solvers) {
        String name = method.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        int count = settings.integer(name, 100, 1);
        Unrolled iterations = method.iterations(dual, count);
        String solver = count + " iterations of " + name.replace('-', ' ');
        for (Way way : settings.choices("derivatives", Way.class)) {
          Cost<Slope> cost = setup.cost(() -> way.of(dual, iterations, lam));
          Run run = new Run(solver, way, features, cost.value(), exact, cost);
          runs.add(run);
          setup.say(
              "svm: %s: error %.1e, %.2f s, %.1f MB",
              run.title(), run.error(), cost.seconds(), run.megabytes());
        }
      }
    }
    return findings(runs);
  }

  private static Findings findings(List<Run> runs) {
    Findings findings = new Findings();
    for (Run run : runs) {
      findings.withCost(run.title() + ", seconds", run.cost.seconds());
      findings.withCost(run.title() + ", peak bytes", run.cost.bytes());
    }
    return findings
        .with("unsolvedSystems", runs.stream().mapToDouble(Run::unsolved).sum())
        .with("mostErrorOfLosses", runs.stream().mapToDouble(Run::lossError).max().orElse(0))
        .with("mostErrorOfDerivatives", runs.stream().mapToDouble(Run::error).max().orElse(0))
        .with(
            "svm.csv",
            "method",
            runs,
            Run::title,
            column("features", Run::features),
            column("loss", run -> run.slope.loss),
            column("derivative", run -> run.slope.derivative),
            column("relative error", Run::error),
            column("unsolved systems", Run::unsolved))
        .with(
            "costs.csv",
            "method",
            runs,
            Run::title,
            column("seconds", run -> run.cost.seconds()),
            column("peak bytes", run -> run.cost.bytes()))
        .with(picture("svm", "relative error of the hypergradient", runs, Run::error))
        .with(picture("costs-seconds", "seconds a hypergradient", runs, run -> run.cost.seconds()))
        .with(picture("costs-memory", "peak live MB", runs, Run::megabytes));
  }

  /** A chart a solver, side by side. */
  private static Picture picture(
      String name, String unit, List<Run> runs, ToDoubleFunction<Run> value) {
    List<XYChart> charts = new ArrayList<>();
    for (String solver : runs.stream().map(Run::solver).distinct().toList()) {
      XYChart chart = Charts.logarithmic(solver, "features", unit);
      for (Way way : Way.values()) {
        List<Run> curve =
            runs.stream().filter(run -> run.solver.equals(solver) && run.way == way).toList();
        if (!curve.isEmpty()) {
          Charts.line(chart, way.title, curve, Run::features, value);
        }
      }
      charts.add(chart);
    }
    return Picture.beside(name, charts);
  }
}
