package org.tacit.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.job.Average;
import org.tacit.job.LossKind;
import org.tacit.job.PenalisedModel;
import org.tacit.job.PenaltyScope;
import org.tacit.linsolve.Auto;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.CsrColumn;
import org.tacit.matrix.DenseColumn;
import org.tacit.matrix.KeyColumn;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.solver.Automatic;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkJobs;
import org.tacit.spark.SparkTable;

/**
 * Inner solves against Spark ML on the same cached rows, without standardisation or intercept, each
 * with the loosest of its tolerances whose objective is within 1e-6 of the best.
 */
final class SolversBenchmark implements Bench.Benchmark {
  private static final double GAP = 1e-6;
  private static final int BLOCK_ROWS = 2_000;

  /**
   * A gradient of this part of the first leaves a gap of |g|^2 / (2 penalty) at most, far below
   * 1e-6.
   */
  private static final double REFERENCE = 1e-6;

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

  /** One side: what it finds for a tolerance. */
  private record Side(String name, DoubleFunction<Matrix> solve, List<Double> tolerances) {
    Runnable at(double tolerance) {
      return () -> requireFinite(solve.apply(tolerance));
    }

    private static void requireFinite(Matrix x) {
      if (!x.isFinite()) {
        throw new IllegalStateException("Invalid solution: not finite");
      }
    }
  }

  private static void compare(SparkSession spark, Report report, SolverData data) {
    Schema schema = schema(data);
    JavaRDD<Block> blocks = blocks(data).persist(StorageLevel.MEMORY_ONLY());
    blocks.count();
    try (Table table = SparkTable.of(schema, blocks)) {
      Passes passes = Passes.over(PenalisedModel.TRAIN, table);
      List<Double> ours = List.of(1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5, 1e-6);
      List<Double> theirs = List.of(1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10);
      Side tacit = new Side("tacit", tolerance -> tacit(data, schema, passes, tolerance), ours);
      Side ml = new Side("spark ml", tolerance -> sparkMl(data, tolerance), theirs);
      double best = objective(data, schema, passes, tacit.solve.apply(REFERENCE));
      List<Integer> jobs = new ArrayList<>();
      Sides sides = new Sides();
      for (Side side : List.of(tacit, ml)) {
        OptionalDouble tolerance =
            side.tolerances.stream()
                .mapToDouble(Double::doubleValue)
                .filter(
                    t ->
                        objective(data, schema, passes, side.solve.apply(t)) - best
                            <= GAP * Math.abs(best))
                .findFirst();
        double chosen = tolerance.orElseThrow();
        report.figure(data.name() + ", " + side.name + ", tolerance", chosen, "");
        jobs.add(jobs(spark, side.at(chosen)));
        report.figure(data.name() + ", " + side.name, (double) jobs.get(jobs.size() - 1), "jobs");
        sides.with(side.name, side.at(chosen));
      }
      Map<String, Double> seconds = sides.medians(1, 5);
      seconds.forEach((side, time) -> report.figure(data.name() + ", " + side, time, "s"));
      report.ratioAtMost(
          data.name() + "-time", seconds.get("tacit") / seconds.get("spark ml"), 0.7);
      report.ratioAtMost(data.name() + "-passes", (double) jobs.get(0) / jobs.get(1), 1);
    }
    blocks.unpersist();
    data.frame().unpersist();
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
            ? new KeyColumn(Arrays.stream(labels).mapToInt(y -> (int) y).toArray())
            : new DenseColumn(
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
      return new CsrColumn(features, start, index, value);
    }
    double[] elements = new double[rows.size() * features];
    for (int i = 0; i < rows.size(); i++) {
      Vector x = rows.get(i).getAs(0);
      System.arraycopy(x.toArray(), 0, elements, i * features, features);
    }
    return new DenseColumn(rows.size(), features, elements);
  }

  private static PenalisedModel model(SolverData data, Schema schema) {
    LossKind loss =
        switch (data.classes()) {
          case 1 -> LossKind.SQUARED;
          case 2 -> LossKind.LOGISTIC;
          default -> LossKind.MULTINOMIAL;
        };
    var form =
        new PenalisedModel.Form(loss.loss(), Average.MEAN, false, PenaltyScope.ALL, List.of());
    return PenalisedModel.of(form, schema, Math.max(1, data.classes()));
  }

  private static Matrix tacit(SolverData data, Schema schema, Passes passes, double tolerance) {
    ImplicitFunction function =
        ImplicitFunction.of(
            model(data, schema).inner(),
            new Automatic(),
            Auto.of(1e-10),
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
            new Automatic(),
            Auto.of(1e-10),
            Stopping.relative(1e-10, 1));
    return function.objective(passes, Matrix.scalar(Math.log(data.penalty())), x).orElseThrow();
  }

  private static Matrix sparkMl(SolverData data, double tolerance) {
    if (data.classes() == 1) {
      return Matrix.column(
          new LinearRegression()
              .setRegParam(data.penalty() * data.deviation())
              .setElasticNetParam(0)
              .setFitIntercept(false)
              .setStandardization(false)
              .setMaxIter(1000)
              .setTol(tolerance)
              .fit(data.frame())
              .coefficients()
              .toArray());
    }
    var fitted =
        new LogisticRegression()
            .setRegParam(data.penalty())
            .setElasticNetParam(0)
            .setFitIntercept(false)
            .setStandardization(false)
            .setFamily(data.classes() > 2 ? "multinomial" : "binomial")
            .setMaxIter(1000)
            .setTol(tolerance)
            .fit(data.frame());
    // Classes x features in column-major order: feature by feature, as ours is.
    return Matrix.column(fitted.coefficientMatrix().toArray());
  }

  private static int jobs(SparkSession spark, Runnable code) {
    return SparkJobs.of(spark.sparkContext()).during(code).jobs();
  }
}
