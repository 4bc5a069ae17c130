package org.tacit.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.HypergradientDescent;
import org.tacit.bilevel.OuterStopping;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.job.Average;
import org.tacit.job.LossKind;
import org.tacit.job.PenalisedModel;
import org.tacit.job.PenaltyKind;
import org.tacit.job.PenaltyScope;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.ConjugateGradient;
import org.tacit.linsolve.DenseFactorisation;
import org.tacit.linsolve.DiagonalPreconditioner;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Minres;
import org.tacit.linsolve.NystromPreconditioner;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.CsrColumn;
import org.tacit.matrix.DenseColumn;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.solver.Automatic;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkTable;

/**
 * Shapes at which a rule of thumb falls off: more unknowns than a small factorisation has, more
 * unknowns than rows. Each system by {@code auto} beside every single method, in seconds and in
 * passes; each solve and tuning in passes.
 */
final class CliffsBenchmark implements Bench.Benchmark {
  private static final double TOLERANCE = 1e-8;
  private static final int BUDGET = 1_000;
  private static final int BLOCK_ROWS = 1_000;

  @Override
  public void run(SparkSession spark, Report report) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Shape.all().forEach(shape -> shape.measure(context, report));
  }

  /** Rows and columns, stored densely or with so many numbers a row, and a common log penalty. */
  private record Shape(
      String name,
      int rows,
      int columns,
      int perRow,
      LossKind loss,
      PenaltyKind kind,
      double theta) {
    static List<Shape> all() {
      return List.of(
          new Shape("24000x300", 24_000, 300, 0, LossKind.LOGISTIC, PenaltyKind.L2, -8),
          new Shape("24000x1000", 24_000, 1_000, 0, LossKind.LOGISTIC, PenaltyKind.L2, -8),
          new Shape("500x47000", 500, 47_000, 75, LossKind.LOGISTIC, PenaltyKind.L2, -8),
          new Shape("35x7000-squared", 35, 7_000, 0, LossKind.SQUARED, PenaltyKind.L1, -2),
          new Shape("35x7000-logistic", 35, 7_000, 0, LossKind.LOGISTIC, PenaltyKind.L1, -2));
    }

    private Schema schema() {
      return Schema.of(
          new Schema.Field("features", columns, perRow > 0 ? Storage.CSR : Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
    }

    private SparkTable table(JavaSparkContext context, long seed) {
      List<Block> blocks = new ArrayList<>();
      Random random = new Random(seed);
      for (int from = 0; from < rows; from += BLOCK_ROWS) {
        blocks.add(block(random, Math.min(BLOCK_ROWS, rows - from)));
      }
      return SparkTable.of(schema(), context.parallelize(blocks, Math.min(2, blocks.size())));
    }

    private Block block(Random random, int count) {
      double[] y = new double[count];
      Column features = perRow > 0 ? sparse(random, count, y) : dense(random, count, y);
      return new Block(count, features, new DenseColumn(count, 1, y));
    }

    /** Every third column pulls the label one way or the other. */
    private static double truth(int j) {
      return j % 3 == 0 ? (j % 2 == 0 ? 1 : -1) : 0;
    }

    /** Normal columns; of more rows than columns, from 1 to 1/30 in size and correlated. */
    private Column dense(Random random, int count, double[] y) {
      double[] x = new double[count * columns];
      for (int i = 0; i < count; i++) {
        double common = rows > columns ? 0.5 * random.nextGaussian() : 0;
        double margin = random.nextGaussian();
        for (int j = 0; j < columns; j++) {
          double size = rows > columns ? Math.pow(30, -j / (double) columns) : 1;
          x[i * columns + j] = size * (common + random.nextGaussian());
          margin += truth(j) * x[i * columns + j];
        }
        y[i] = Math.signum(margin);
      }
      return new DenseColumn(count, columns, x);
    }

    /** Rows of length one, low columns more often. */
    private Column sparse(Random random, int count, double[] y) {
      int[] start = new int[count + 1];
      int[] index = new int[count * perRow];
      double[] value = new double[index.length];
      for (int i = 0; i < count; i++) {
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < perRow) {
          chosen.add((int) (columns * Math.pow(random.nextDouble(), 3)));
        }
        double margin = 0.1 * random.nextGaussian();
        int at = start[i];
        for (int j : chosen) {
          index[at] = j;
          value[at++] = 1 / Math.sqrt(perRow);
          margin += truth(j) / Math.sqrt(perRow);
        }
        start[i + 1] = at;
        y[i] = Math.signum(margin);
      }
      return new CsrColumn(columns, start, index, value);
    }

    private PenalisedModel model() {
      return PenalisedModel.of(
          new PenalisedModel.Form(
              loss.loss(), Average.MEAN, false, kind, PenaltyScope.FEATURE, List.of()),
          schema(),
          1);
    }

    private ImplicitFunction function(Stopping stopping) {
      return ImplicitFunction.of(model().inner(), new Automatic(), Auto.of(TOLERANCE), stopping);
    }

    void measure(JavaSparkContext context, Report report) {
      try (SparkTable train = table(context, 1);
          SparkTable held = table(context, 2)) {
        if (kind == PenaltyKind.L2) {
          systems(train, report);
          tune(train, held, report);
        } else {
          solve(train, report);
        }
      }
    }

    private void solve(Table train, Report report) {
      Passes passes = Passes.over(PenalisedModel.TRAIN, train);
      long start = System.nanoTime();
      Solution solution =
          new Automatic()
              .solve(
                  ConditionPrograms.of(model().inner())
                      .at(passes, Matrix.filled(columns, 1, theta)),
                  Matrix.zeros(columns, 1),
                  Stopping.relative(1e-10, 500));
      report.figure(name + ", l1 solve", (System.nanoTime() - start) * 1e-9, "s");
      report.figure(name + ", " + solution.method(), solution.iterations(), "iterations");
      boolean isSolved = solution.outcome().isConverged();
      double taken = isSolved ? passes.ledger().total() : Double.POSITIVE_INFINITY;
      report.ratioAtMost(name + "-l1-passes", taken, 60);
    }

    /** Twelve outer steps. */
    private void tune(Table train, Table held, Report report) {
      Passes passes =
          Passes.over(Map.of(PenalisedModel.TRAIN, train, PenalisedModel.VALIDATION, held));
      DoubleFunction<LinearSolver> linear = tolerance -> Auto.of(tolerance);
      BilevelProblem problem =
          BilevelProblem.of(
              function(Stopping.relative(1e-10, 500)),
              model().outer(loss.loss(), PenalisedModel.VALIDATION));
      long start = System.nanoTime();
      BilevelResult result =
          new HypergradientDescent(
                  problem, linear, new Bounds(-20, 10), new OuterStopping(1e-9, 12, 1e-8))
              .minimise(passes, Matrix.filled(columns, 1, theta), step -> {});
      int steps = result.history().size() - 1;
      report.figure(name + ", outer steps", steps, "");
      report.figure(name + ", tuning", (System.nanoTime() - start) * 1e-9, "s");
      report.ratioAtMost(name + "-tune-passes", (double) passes.ledger().total(), 446);
    }

    private List<LinearSolver> methods() {
      List<LinearSolver> methods =
          new ArrayList<>(
              List.of(
                  new ConjugateGradient(TOLERANCE, BUDGET),
                  new ConjugateGradient(TOLERANCE, BUDGET, DiagonalPreconditioner.exact()),
                  new ConjugateGradient(TOLERANCE, BUDGET, NystromPreconditioner.of(64, 1)),
                  new Minres(TOLERANCE, BUDGET)));
      if (columns <= 1_000) {
        methods.add(new DenseFactorisation(TOLERANCE));
      }
      return methods;
    }

    /** The adjoint system at the solution, alone and after the solve. */
    private void systems(Table train, Report report) {
      Passes passes = Passes.over(PenalisedModel.TRAIN, train);
      ImplicitFunction function = function(Stopping.relative(TOLERANCE, 500));
      Map<String, double[]> costs = new LinkedHashMap<>();
      try (ImplicitSolution solved = function.solve(passes, Matrix.filled(columns, 1, theta))) {
        costs.put("auto", adjoint(function, solved, solved.inner()));
        for (LinearSolver method : methods()) {
          Solution alone = solved.inner().with(org.tacit.linsolve.Nearby.NOTHING);
          costs.put(method.name(), adjoint(function.with(method), solved, alone));
        }
      }
      costs.forEach(
          (method, cost) -> {
            report.figure(name + ", " + method, cost[0], "s");
            report.figure(name + ", " + method, cost[1], "passes");
          });
      double[] auto = costs.remove("auto");
      double best = costs.values().stream().mapToDouble(cost -> cost[0]).min().orElseThrow();
      report.ratioAtMost(name + "-auto-to-best-seconds", auto[0] / best, 2);
    }

    /** Seconds and passes of the second of two runs; infinite where it did not converge. */
    private double[] adjoint(ImplicitFunction function, ImplicitSolution solved, Solution inner) {
      double[] cost = new double[2];
      for (int run = 0; run < 2; run++) {
        long before = solved.passes().ledger().total();
        long start = System.nanoTime();
        try (ImplicitSolution again = function.at(solved.passes(), solved.theta(), inner)) {
          boolean isSolved =
              again.vjp(Matrix.filled(columns, 1, 1)).linearSolve().outcome().isConverged();
          double seconds = (System.nanoTime() - start) * 1e-9;
          cost[0] = isSolved ? seconds : Double.POSITIVE_INFINITY;
        }
        cost[1] = solved.passes().ledger().total() - before;
      }
      return cost;
    }
  }
}
