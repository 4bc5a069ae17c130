package org.tacit.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.job.LossKind;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkJobs;
import org.tacit.spark.SparkTable;

/**
 * Inner solves against Spark ML on the same cached rows, without standardisation or intercept, to
 * an objective within 1e-6 of the best: ours with the loosest of a few tolerances that gives it,
 * Spark ML with the fewest iterations.
 */
final class SolversBenchmark implements Bench.Benchmark {
  private static final double GAP = 1e-6;
  private static final int BLOCK_ROWS = 2_000;
  private static final int ROUNDS = 3;
  private static final double[] TOLERANCES = {
    1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 5e-5, 3e-5, 2e-5, 1e-5, 3e-6, 1e-6
  };

  /**
   * A gradient of this part of the first leaves a gap of |g|^2 / (2 penalty) at most, far below
   * 1e-6.
   */
  private static final double REFERENCE = 1e-7;

  private final List<Function<SparkSession, Optional<SolverData>>> sources;

  private SolversBenchmark(List<Function<SparkSession, Optional<SolverData>>> sources) {
    this.sources = sources;
  }

  /** On all data. */
  static SolversBenchmark ofAll() {
    return new SolversBenchmark(
        List.of(
            SolverData::adult,
            SolverData::digits,
            spark -> Optional.of(SolverData.synthetic(spark, 2)),
            spark -> Optional.of(SolverData.synthetic(spark, 1))));
  }

  /** On one of the data alone. */
  static SolversBenchmark of(Function<SparkSession, Optional<SolverData>> source) {
    return new SolversBenchmark(List.of(source));
  }

  @Override
  public void run(SparkSession spark, Report report) {
    sources.forEach(source -> source.apply(spark).ifPresent(data -> compare(spark, report, data)));
  }

  private static void compare(SparkSession spark, Report report, SolverData data) {
    Schema schema = schema(data);
    JavaRDD<Block> blocks = blocks(data).persist(StorageLevel.MEMORY_ONLY());
    blocks.count();
    try (Table table = SparkTable.of(schema, blocks)) {
      Passes passes = Passes.over(PenalisedModel.TRAIN, table);
      double best = objective(data, schema, passes, tacit(data, schema, passes, REFERENCE));
      Predicate<Matrix> isGood =
          x -> objective(data, schema, passes, x) - best <= GAP * Math.abs(best);
      double tolerance = tolerance(t -> tacit(data, schema, passes, t), isGood);
      report.figure(data.name() + ", tacit, tolerance", tolerance, "");
      int iterations = SparkMl.iterations(data, best * (1 + GAP), isGood);
      report.figure(data.name() + ", spark ml, iterations", iterations, "");
      Matrix zero = tacit(data, schema, passes, 1).times(0);
      AtomicInteger ours = new AtomicInteger();
      AtomicInteger theirs = new AtomicInteger();
      Map<String, Double> seconds =
          new Sides()
              .with(
                  "tacit",
                  () -> ours.set(jobs(spark, () -> tacit(data, schema, passes, tolerance))))
              .with(
                  "spark ml", () -> theirs.set(jobs(spark, () -> SparkMl.solve(data, iterations))))
              .with("one evaluation", () -> objective(data, schema, passes, zero))
              .medians(0, ROUNDS);
      report.figure(data.name() + ", tacit", ours.get(), "jobs");
      report.figure(data.name() + ", spark ml", theirs.get(), "jobs");
      seconds.forEach((side, time) -> report.figure(data.name() + ", " + side, time, "s"));
      report.ratioAtMost(
          data.name() + "-time", seconds.get("tacit") / seconds.get("spark ml"), 0.7);
      report.ratioAtMost(data.name() + "-passes", (double) ours.get() / theirs.get(), 1);
      if (data.name().equals("a9a")) {
        report.ratioAtMost("a9a-newton-passes", ours.get(), 15);
      }
    }
    blocks.unpersist();
    data.frame().unpersist();
  }

  /** The loosest tolerance whose solution is good, found by halving. */
  private static double tolerance(DoubleFunction<Matrix> solve, Predicate<Matrix> isGood) {
    int from = 0;
    int to = TOLERANCES.length - 1;
    while (from < to) {
      int middle = (from + to) / 2;
      if (isGood.test(solve.apply(TOLERANCES[middle]))) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    if (!isGood.test(solve.apply(TOLERANCES[to]))) {
      throw new IllegalStateException("No tolerance reaches the objective");
    }
    return TOLERANCES[to];
  }

  private static Schema schema(SolverData data) {
    boolean isSparse = data.name().equals("a9a");
    return Schema.of(
        new Schema.Field("features", data.features(), isSparse ? Storage.CSR : Storage.DENSE),
        new Schema.Field("label", 1, data.classes() > 2 ? Storage.KEY : Storage.DENSE));
  }

  private static JavaRDD<Block> blocks(SolverData data) {
    int features = data.features();
    int classes = data.classes();
    return data.frame().javaRDD().mapPartitions(rows -> blocks(rows, features, classes).iterator());
  }

  private static List<Block> blocks(Iterator<Row> rows, int features, int classes) {
    List<Block> blocks = new ArrayList<>();
    List<Row> run = new ArrayList<>();
    while (rows.hasNext()) {
      run.add(rows.next());
      if (run.size() == BLOCK_ROWS || !rows.hasNext()) {
        blocks.add(block(run, features, classes));
        run.clear();
      }
    }
    return blocks;
  }

  private static Block block(List<Row> rows, int features, int classes) {
    double[] labels = rows.stream().mapToDouble(row -> row.getDouble(1)).toArray();
    Column label =
        classes > 2
            ? Column.keys(Arrays.stream(labels).mapToInt(y -> (int) y).toArray())
            : Column.dense(
                rows.size(),
                1,
                classes == 2 ? Arrays.stream(labels).map(y -> 2 * y - 1).toArray() : labels);
    return new Block(rows.size(), features(rows, features), label);
  }

  private static Column features(List<Row> rows, int features) {
    if (rows.get(0).getAs(0) instanceof SparseVector) {
      int[] start = new int[rows.size() + 1];
      for (int i = 0; i < rows.size(); i++) {
        start[i + 1] = start[i] + rows.get(i).<SparseVector>getAs(0).indices().length;
      }
      int[] index = new int[start[rows.size()]];
      double[] value = new double[index.length];
      for (int i = 0; i < rows.size(); i++) {
        SparseVector x = rows.get(i).getAs(0);
        System.arraycopy(x.indices(), 0, index, start[i], x.indices().length);
        System.arraycopy(x.values(), 0, value, start[i], x.values().length);
      }
      return Column.sparse(features, start, index, value);
    }
    double[] elements = new double[rows.size() * features];
    for (int i = 0; i < rows.size(); i++) {
      Vector x = rows.get(i).getAs(0);
      System.arraycopy(x.toArray(), 0, elements, i * features, features);
    }
    return Column.dense(rows.size(), features, elements);
  }

  private static PenalisedModel model(SolverData data, Schema schema) {
    LossKind loss =
        switch (data.classes()) {
          case 1 -> LossKind.SQUARED;
          case 2 -> LossKind.LOGISTIC;
          default -> LossKind.MULTINOMIAL;
        };
    var form =
        new PenalisedModel.Form(
            loss.loss(), Average.MEAN, false, PenaltyKind.L2, PenaltyScope.ALL, List.of(), false);
    return PenalisedModel.of(form, schema, Math.max(1, data.classes()));
  }

  private static Matrix tacit(SolverData data, Schema schema, Passes passes, double tolerance) {
    ImplicitFunction function =
        ImplicitFunction.of(
            model(data, schema).inner(),
            Solver.automatic(),
            LinearSolver.auto(1e-10),
            Stopping.relative(tolerance, 1000));
    try (ImplicitSolution solution =
        function.solve(passes, Matrix.scalar(Math.log(data.penalty())))) {
      return solution.x();
    }
  }

  private static double objective(SolverData data, Schema schema, Passes passes, Matrix x) {
    ImplicitFunction function =
        ImplicitFunction.of(
            model(data, schema).inner(),
            Solver.automatic(),
            LinearSolver.auto(1e-10),
            Stopping.relative(1e-10, 1));
    return function.objective(passes, Matrix.scalar(Math.log(data.penalty())), x).orElseThrow();
  }

  private static int jobs(SparkSession spark, Runnable code) {
    return SparkJobs.of(spark.sparkContext()).during(code).jobs();
  }
}
