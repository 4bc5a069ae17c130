package org.tacit.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.projection.Prox;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkTable;

/**
 * The derivative of a lasso's solution in its penalty: the system of the support against the normal
 * equations of the whole one, in passes and in error, the truth being -(X_S'X_S / n)^-1 sign(w_S).
 */
final class SupportBenchmark implements Bench.Benchmark {
  private static final int FEATURES = 1_000;
  private static final int NON_ZERO = 5;
  private static final int BLOCK_ROWS = 1_000;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", FEATURES, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final String TABLE = "train";
  private static final double PENALTY = 0.2;

  @Override
  public void run(SparkSession spark, Report report) {
    try (Table small = InProcessTable.of(SCHEMA, List.of(List.of(block(new Random(1), 100))))) {
      compare(report, "n = 100, in process", small);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<Block> blocks = blocks(context, 100_000, 4).persist(StorageLevel.MEMORY_ONLY());
    try (Table large = SparkTable.of(SCHEMA, blocks)) {
      compare(report, "n = 100000, Spark", large);
    }
    blocks.unpersist();
  }

  private static JavaRDD<Block> blocks(JavaSparkContext context, int rows, int partitions) {
    int count = rows / partitions / BLOCK_ROWS;
    Function2<Integer, Iterator<Integer>, Iterator<Block>> make =
        (partition, none) -> {
          Random random = new Random(partition + 1);
          return IntStream.range(0, count).mapToObj(b -> block(random, BLOCK_ROWS)).iterator();
        };
    List<Integer> seeds = IntStream.range(0, partitions).boxed().toList();
    return context
        .parallelize(new ArrayList<>(seeds), partitions)
        .mapPartitionsWithIndex(make, true);
  }

  /** y = X w + noise / 10, w having a few entries of one and minus one. */
  private static Block block(Random random, int rows) {
    double[] x = new double[rows * FEATURES];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < FEATURES; j++) {
        double value = random.nextGaussian();
        x[i * FEATURES + j] = value;
        if (j % (FEATURES / NON_ZERO) == 0) {
          y[i] += j % 2 == 0 ? value : -value;
        }
      }
      y[i] += 0.1 * random.nextGaussian();
    }
    return new Block(rows, Column.dense(rows, FEATURES, x), Column.dense(rows, 1, y));
  }

  private static Condition lasso() {
    Rows rows = new Rows(TABLE, SCHEMA);
    return ProximalGradient.ofConvex(
        FEATURES,
        1,
        (w, t) -> rows.features().matmul(w).minus(rows.label()).square().meanRows().times(0.5),
        (v, t, eta) -> Prox.lasso(t).of(v, eta));
  }

  private static void compare(Report report, String name, Table table) {
    Passes passes = Passes.over(TABLE, table);
    Condition lasso = lasso();
    ImplicitFunction function =
        ImplicitFunction.of(
            lasso,
            CompositeMinimiser.proximalNewton(),
            LinearSolver.auto(1e-12),
            Stopping.relative(1e-12, 5000));
    try (ImplicitSolution found = function.solve(passes, Matrix.scalar(PENALTY))) {
      report.figure(name + ", inner solve", (double) passes.ledger().of("inner"), "passes");
      Matrix truth = truth(lasso, passes, found);
      long non = IntStream.range(0, FEATURES).filter(j -> truth.at(j) != 0).count();
      report.figure(name + ", support of 1000", (double) non, "");
      LinearSolver cg = LinearSolver.conjugateGradient(1e-12, 5000);
      double restricted =
          measure(
              report,
              name + ", support by CG",
              function,
              found,
              LinearSolver.restricted(cg),
              truth);
      measure(
          report, name + ", support by Cholesky", function, found, LinearSolver.auto(1e-12), truth);
      double whole =
          measure(
              report,
              name + ", whole by normal CG",
              function,
              found,
              LinearSolver.normalConjugateGradient(1e-8, 5000),
              truth);
      report.ratioAtMost(
          "support-to-whole-passes-" + name.replaceAll("[^0-9]", ""), restricted / whole, 1);
    }
  }

  private static double measure(
      Report report,
      String name,
      ImplicitFunction function,
      ImplicitSolution found,
      LinearSolver method,
      Matrix truth) {
    Passes passes = found.passes();
    long before = passes.ledger().total();
    try (ImplicitSolution again = function.with(method).at(passes, found.theta(), found.inner())) {
      Derivative derivative = again.jvp(Matrix.scalar(1));
      double taken = passes.ledger().total() - before;
      double error = derivative.value().minus(truth).norm() / truth.norm();
      String outcome = derivative.outcome().label();
      report.figure(name, taken, String.format(Locale.ROOT, "passes, %s", outcome));
      report.figure(name + ", error", error, "");
      return taken;
    }
  }

  private static Matrix truth(Condition lasso, Passes passes, ImplicitSolution found) {
    Matrix x = found.x();
    int[] support = IntStream.range(0, FEATURES).filter(j -> x.at(j) != 0).toArray();
    Matrix units =
        Matrix.beside(
            IntStream.of(support).mapToObj(j -> Matrix.identity(FEATURES).columnAt(j)).toList());
    Composite parts = lasso.as(Composite.class).orElseThrow();
    try (JacobianOperator hessian =
        JacobianOperator.of(parts.gradient(), lasso.x(), Structure.SYMMETRIC)
            .at(passes, Map.of("x", x, "theta", found.theta()))) {
      Matrix gram = units.transpose().times(hessian.apply(units));
      Matrix signs =
          Matrix.column(IntStream.of(support).mapToDouble(j -> -Math.signum(x.at(j))).toArray());
      Matrix moved =
          LinearSolver.dense(1e-12)
              .prepare(new DenseOperator(gram, Structure.POSITIVE_DEFINITE))
              .solve(signs)
              .orThrow();
      return units.times(moved);
    }
  }
}
