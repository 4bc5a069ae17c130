package org.tacit.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Preconditioner;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.model.PenalisedModel;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkTable;

/**
 * Shapes at which a rule of thumb falls off: more unknowns than a small factorisation has, more
 * unknowns than rows. Each system, and each solve beside an l1 penalty, by {@code auto} and by
 * every single method, in seconds and in passes; each tuning in passes.
 */
final class CliffsBenchmark implements Bench.Benchmark {
  private static final String AUTO = "auto";
  private static final double TOLERANCE = 1e-8;
  private static final int BUDGET = 1_000;
  private static final int STEPS = 12;
  private static final int ROUNDS = 3;

  /** No method is waited for longer: it has lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Up to so many unknowns, dense factors alone are what tuning is held against. */
  private static final int FACTORS_ALONE_TUNE = 300;

  /** No outer step of more unknowns than rows takes more. */
  private static final int MOST_A_STEP = 30;

  private final List<CliffShape> shapes;

  private CliffsBenchmark(List<CliffShape> shapes) {
    this.shapes = shapes;
  }

  static CliffsBenchmark ofAll() {
    return new CliffsBenchmark(CliffShape.all());
  }

  @Override
  public Set<String> parts() {
    Set<String> parts = new TreeSet<>();
    shapes.forEach(shape -> parts.add(shape.part()));
    return parts;
  }

  @Override
  public Bench.Benchmark of(List<String> parts) {
    return new CliffsBenchmark(
        shapes.stream().filter(shape -> parts.contains(shape.part())).toList());
  }

  @Override
  public void run(SparkSession spark, Report report) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    for (CliffShape shape : shapes) {
      try (SparkTable train = shape.table(context, 1);
          SparkTable held = shape.table(context, 2)) {
        if (shape.isSmooth()) {
          systems(shape, train, report);
          tune(shape, train, held, report);
        } else {
          solves(shape, train, report);
        }
      }
    }
  }

  /** What a method took; infinitely long where it did not converge. */
  private record Taken(double seconds, long passes) {
    Taken orFaster(Taken other) {
      return other.seconds < seconds ? other : this;
    }
  }

  /** What each took, and auto's seconds beside the best of the others. */
  private static void compare(CliffShape shape, Map<String, Taken> taken, Report report) {
    taken.forEach(
        (method, its) -> {
          report.figure(shape.name() + ", " + method, its.seconds, "s");
          report.figure(shape.name() + ", " + method, (double) its.passes, "passes");
        });
    double best =
        taken.entrySet().stream()
            .filter(each -> !each.getKey().equals(AUTO))
            .mapToDouble(each -> each.getValue().seconds)
            .min()
            .orElseThrow();
    report.ratioAtMost(shape.name() + "-auto-to-best-seconds", taken.get(AUTO).seconds / best, 2);
  }

  private static void solves(CliffShape shape, Table train, Report report) {
    Map<String, Taken> taken = new LinkedHashMap<>();
    for (Solver solver :
        List.of(Solver.automatic(), CompositeMinimiser.owlqn(), CompositeMinimiser.fista())) {
      taken.put(solver.name(), solve(shape, train, solver));
    }
    compare(shape, taken, report);
    Taken auto = taken.get(AUTO);
    boolean isSolved = Double.isFinite(auto.seconds);
    report.ratioAtMost(
        shape.name() + "-l1-passes", isSolved ? auto.passes : Double.POSITIVE_INFINITY, 60);
  }

  private static Taken solve(CliffShape shape, Table train, Solver solver) {
    Passes passes = Passes.over(PenalisedModel.TRAIN, train);
    Matrix theta = Matrix.filled(shape.columns(), 1, shape.theta());
    long start = System.nanoTime();
    Solution solution =
        solver.solve(
            ReadyCondition.of(shape.model().inner()).at(passes, theta),
            Matrix.zeros(shape.columns(), 1),
            Stopping.relative(1e-10, 100 * BUDGET).withTimeBudget(PATIENCE));
    return taken(solution, start, passes.ledger().total());
  }

  private static Taken taken(Solution solution, long start, long passes) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    boolean isSolved = solution.outcome().isConverged();
    return new Taken(isSolved ? seconds : Double.POSITIVE_INFINITY, passes);
  }

  private static ImplicitFunction function(CliffShape shape, Stopping stopping) {
    return ImplicitFunction.of(
        shape.model().inner(), Solver.automatic(), LinearSolver.auto(TOLERANCE), stopping);
  }

  private static void tune(CliffShape shape, Table train, Table held, Report report) {
    Passes passes =
        Passes.over(Map.of(PenalisedModel.TRAIN, train, PenalisedModel.VALIDATION, held));
    DoubleFunction<LinearSolver> linear = tolerance -> LinearSolver.auto(tolerance);
    BilevelProblem problem =
        BilevelProblem.of(
            function(shape, Stopping.relative(1e-10, 500)),
            shape.model().outer(shape.loss().loss(), PenalisedModel.VALIDATION));
    List<Integer> after = new ArrayList<>();
    long start = System.nanoTime();
    BilevelResult result =
        OuterOptimiser.adaptiveGradient(new OuterStopping(1e-9, STEPS, 1e-8))
            .minimise(
                OuterFunction.of(problem, linear, passes).within(Bounds.of(-20, 10)),
                Matrix.filled(shape.columns(), 1, shape.theta()),
                step -> after.add((int) passes.ledger().total()));
    report.figure(shape.name() + ", outer steps", result.history().size() - 1, "");
    report.figure(shape.name() + ", tuning", (System.nanoTime() - start) * 1e-9, "s");
    int most = 0;
    for (int k = 0; k < after.size(); k++) {
      int ofStep = after.get(k) - (k == 0 ? 0 : after.get(k - 1));
      report.figure(shape.name() + ", outer step " + k, ofStep, "passes");
      most = Math.max(most, ofStep);
    }
    if (shape.columns() > shape.rows()) {
      report.ratioAtMost(shape.name() + "-most-passes-a-step", most, MOST_A_STEP);
    }
    double passesTaken = passes.ledger().total();
    if (shape.columns() <= FACTORS_ALONE_TUNE) {
      report.ratioAtMost(shape.name() + "-tune-passes", passesTaken, 446);
    } else {
      report.figure(shape.name() + ", tuning", passesTaken, "passes");
    }
  }

  private static List<LinearSolver> methods(CliffShape shape) {
    List<LinearSolver> methods =
        new ArrayList<>(
            List.of(
                LinearSolver.conjugateGradient(TOLERANCE, BUDGET),
                LinearSolver.conjugateGradient(TOLERANCE, BUDGET, Preconditioner.diagonal()),
                LinearSolver.conjugateGradient(TOLERANCE, BUDGET, Preconditioner.nystrom(64, 0, 1)),
                LinearSolver.minres(TOLERANCE, BUDGET)));
    if (shape.columns() <= 1_000) {
      methods.add(LinearSolver.dense(TOLERANCE));
    }
    return methods;
  }

  /**
   * The adjoint system at the solution, by single methods alone and by auto after the solve: the
   * fastest of three rounds, so that none pays for the warming up of others.
   */
  private static void systems(CliffShape shape, Table train, Report report) {
    Passes passes = Passes.over(PenalisedModel.TRAIN, train);
    ImplicitFunction function = function(shape, Stopping.relative(TOLERANCE, 500));
    Matrix theta = Matrix.filled(shape.columns(), 1, shape.theta());
    Map<String, Taken> taken = new LinkedHashMap<>();
    try (ImplicitSolution solved = function.solve(passes, theta)) {
      for (int round = 0; round < ROUNDS; round++) {
        taken.merge(AUTO, adjoint(function, solved, solved.inner()), Taken::orFaster);
        for (LinearSolver method : methods(shape)) {
          Solution alone = solved.inner().with(Nearby.NOTHING);
          taken.merge(
              method.name(), adjoint(function.with(method), solved, alone), Taken::orFaster);
        }
      }
    }
    compare(shape, taken, report);
  }

  private static Taken adjoint(ImplicitFunction function, ImplicitSolution solved, Solution inner) {
    long before = solved.passes().ledger().total();
    long start = System.nanoTime();
    try (ImplicitSolution again = function.at(solved.passes(), solved.theta(), inner)) {
      Solution adjoint = again.vjp(Matrix.filled(inner.value().rows(), 1, 1)).linearSolve();
      return taken(adjoint, start, solved.passes().ledger().total() - before);
    }
  }
}
