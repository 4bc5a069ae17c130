package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.JacobianOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkJobs;
import org.tacit.spark.SparkTable;

/**
 * Passes are Spark jobs, and there are as many as promised. Row weights exp(theta_k) are gathered
 * by a key column.
 */
@ExtendWith(SparkExtension.class)
class PassCountsTest {
  private static final int ROWS = 2_000;
  private static final int P = 6;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE),
          new Schema.Field("key", 1, Storage.KEY));

  private static SparkTable table(JavaSparkContext context, int keys, long seed) {
    Random random = new Random(seed);
    List<Block> blocks = new ArrayList<>();
    for (int part = 0; part < 4; part++) {
      int rows = ROWS / 4;
      double[] x = new double[rows * P];
      Arrays.setAll(x, i -> random.nextGaussian());
      double[] y = new double[rows];
      Arrays.setAll(y, i -> Math.signum(x[i * P] - x[i * P + 1] + random.nextGaussian()));
      int[] key = new int[rows];
      Arrays.setAll(key, i -> random.nextInt(keys));
      blocks.add(
          new Block(rows, Column.dense(rows, P, x), Column.dense(rows, 1, y), Column.keys(key)));
    }
    return SparkTable.of(SCHEMA, context.parallelize(blocks, 4));
  }

  private static Var losses(Rows rows, Var w) {
    return rows.features().matmul(w).times(rows.label()).negate().softplus();
  }

  private static Condition weighted(int keys) {
    Rows rows = new Rows("train", SCHEMA);
    return Stationarity.ofStronglyConvex(
        Parameters.vector(P),
        Parameters.vector(keys),
        (w, theta) ->
            theta
                .exp()
                .rows(rows.column("key"))
                .times(losses(rows, w))
                .meanRows()
                .plus(w.dot(w).times(0.005)));
  }

  @Test
  void valueAndGradientAreOneJobAndSoAreTwentyHessianProducts(
      JavaSparkContext context, SparkJobs jobs) {
    try (SparkTable table = table(context, 50, 1)) {
      Condition condition = weighted(50);
      Passes passes = Passes.over("train", table);
      Matrix theta = Matrix.zeros(50, 1);
      Matrix x = Matrix.filled(P, 1, 0.1);
      var problem = ReadyCondition.of(condition).at(passes, theta);
      jobs.assertPasses(1, () -> problem.evaluate(x));
      var program = JacobianOperator.of(condition.residual(), condition.x(), condition.structure());
      try (JacobianOperator hessian =
          jobs.assertPasses(1, () -> program.at(passes, Map.of("x", x, "theta", theta)))) {
        Matrix one = jobs.assertPasses(1, () -> hessian.apply(Matrix.filled(P, 1, 1)));
        Matrix directions = Matrix.filled(P, 20, 1);
        Matrix twenty = jobs.assertPasses(1, () -> hessian.apply(directions));
        assertThat(twenty.columnAt(19).minus(one).norm()).isLessThan(1e-13 * one.norm());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void aHypergradientIsItsLinearIterationsAndThreeMore(
      int keys, JavaSparkContext context, SparkJobs jobs) {
    try (SparkTable train = table(context, keys, 1);
        SparkTable validation = table(context, keys, 2)) {
      Passes passes = Passes.over(Map.of("train", train, "validation", validation));
      Condition condition = weighted(keys);
      ImplicitFunction inner =
          ImplicitFunction.of(
              condition,
              Minimiser.newtonPolished(),
              LinearSolver.conjugateGradient(1e-10, 1000),
              Stopping.relative(1e-10, 200));
      Rows rows = new Rows("validation", SCHEMA);
      BilevelProblem problem = BilevelProblem.of(inner, losses(rows, condition.x()).meanRows());
      Matrix theta = Matrix.zeros(keys, 1);
      try (ImplicitSolution solution = inner.solve(passes, theta)) {
        Hypergradient[] found = new Hypergradient[1];
        SparkJobs.Tally tally =
            jobs.during(() -> found[0] = problem.hypergradient(passes, solution));
        int iterations = found[0].adjoint().iterations();
        assertThat(iterations).isBetween(2, 3 * P);
        assertThat(tally.jobs()).isLessThanOrEqualTo(iterations + 3);
        assertThat(found[0].gradient().rows()).isEqualTo(keys);
        assertThat(found[0].gradient().maxAbs()).isGreaterThan(1e-9);
      }
    }
  }

  /** Plans are shipped once a context: what travels later are closures, one a stage. */
  @Test
  void aSecondOuterStepBroadcastsNoPlan(JavaSparkContext context, SparkJobs jobs) {
    try (SparkTable train = table(context, 50, 1);
        SparkTable validation = table(context, 50, 2)) {
      Passes passes = Passes.over(Map.of("train", train, "validation", validation));
      Condition condition = weighted(50);
      ImplicitFunction inner = ImplicitFunction.of(condition);
      Rows rows = new Rows("validation", SCHEMA);
      BilevelProblem problem = BilevelProblem.of(inner, losses(rows, condition.x()).meanRows());
      SparkJobs.Tally first = jobs.during(() -> outerStep(problem, passes, 1));
      SparkJobs.Tally second = jobs.during(() -> outerStep(problem, passes, 2));
      assertThat(first.broadcasts()).isGreaterThan(first.stages());
      assertThat(second.broadcasts()).isEqualTo(second.stages());
      assertThat(second.bytesBroadcast() / second.stages())
          .isLessThan(first.bytesBroadcast() / first.stages());
    }
  }

  private static void outerStep(BilevelProblem problem, Passes passes, int step) {
    Matrix theta = Matrix.filled(50, 1, -0.1 * step);
    Passes now = passes.within("outer " + step);
    try (ImplicitSolution solution = problem.inner().solve(now, theta)) {
      solution.inner().orThrow();
      assertThat(problem.hypergradient(solution).gradient().maxAbs()).isGreaterThan(1e-9);
    }
  }

  /** Newton's steps ask for one each. */
  @Test
  void aSecondDiagonalBroadcastsNoPlan(JavaSparkContext context, SparkJobs jobs) {
    try (SparkTable table = table(context, 50, 1)) {
      Condition condition = weighted(50);
      Passes passes = Passes.over("train", table);
      var program = JacobianOperator.of(condition.residual(), condition.x(), condition.structure());
      SparkJobs.Tally first = jobs.during(() -> diagonal(program, passes, 0.1));
      SparkJobs.Tally second = jobs.during(() -> diagonal(program, passes, 0.2));
      assertThat(second.jobs()).isEqualTo(first.jobs());
      assertThat(second.broadcasts()).isEqualTo(second.stages()).isLessThan(first.broadcasts());
    }
  }

  private static void diagonal(JacobianOperator.Linearised program, Passes passes, double at) {
    Map<String, Matrix> point = Map.of("x", Matrix.filled(P, 1, at), "theta", Matrix.zeros(50, 1));
    try (JacobianOperator hessian = program.at(passes, point)) {
      Matrix d = hessian.diagonal().orElseThrow();
      Matrix whole = hessian.apply(Matrix.identity(P));
      for (int i = 0; i < P; i++) {
        assertThat(d.at(i)).isCloseTo(whole.at(i, i), within(1e-13));
      }
    }
  }

  @Test
  void aVaryingNumberOfInstancesBroadcastsNoPlan(JavaSparkContext context, SparkJobs jobs) {
    try (SparkTable table = table(context, 50, 1)) {
      Condition condition = weighted(50);
      Passes passes = Passes.over("train", table);
      Map<String, Matrix> at = Map.of("x", Matrix.filled(P, 1, 0.1), "theta", Matrix.zeros(50, 1));
      var program = JacobianOperator.of(condition.residual(), condition.x(), condition.structure());
      try (JacobianOperator hessian = program.at(passes, at)) {
        hessian.apply(Matrix.filled(P, 20, 1));
        SparkJobs.Tally tally =
            jobs.during(
                () -> IntStream.range(2, 20).forEach(k -> hessian.apply(Matrix.filled(P, k, 1))));
        assertThat(tally.jobs()).isEqualTo(18);
        assertThat(tally.broadcasts()).isEqualTo(18);
      }
    }
  }
}
