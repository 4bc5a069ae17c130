package org.tacit.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkExtension;

/** Models that Spark ML fitted satisfy our conditions, and have our derivatives. */
@ExtendWith(SparkExtension.class)
class FittedModelTest {
  private static final int N = 150;
  private static final int P = 3;
  private static final double PENALTY = 0.2;

  private final SparkSession session;
  private final double[] features = new double[N * P];
  private final double[] scores = new double[N];

  FittedModelTest(SparkSession session) {
    this.session = session;
    Random random = new Random(41);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < P; j++) {
        features[i * P + j] = random.nextGaussian() * (1 + j);
      }
      scores[i] = 0.4 + features[i * P] - 0.2 * features[i * P + 2] + 0.8 * random.nextGaussian();
    }
  }

  private double[] labels(DoubleUnaryOperator ofScore) {
    return Arrays.stream(scores).map(ofScore).toArray();
  }

  private Dataset<Row> frame(double[] labels) {
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      double[] row = Arrays.copyOfRange(features, i * P, (i + 1) * P);
      rows.add(RowFactory.create(Vectors.dense(row), labels[i]));
    }
    return session.createDataFrame(rows, schema);
  }

  private Passes passes(double[] labels, boolean areClasses) {
    Schema schema = schema(areClasses);
    var column =
        areClasses
            ? Column.keys(Arrays.stream(labels).mapToInt(v -> (int) v).toArray())
            : Column.dense(N, 1, labels);
    Block block = new Block(N, Column.dense(N, P, features), column);
    return Passes.over(PenalisedModel.TRAIN, InProcessTable.of(schema, List.of(List.of(block))));
  }

  private static Schema schema(boolean areClasses) {
    return Schema.of(
        new Schema.Field("features", P, Storage.DENSE),
        new Schema.Field("label", 1, areClasses ? Storage.KEY : Storage.DENSE));
  }

  private static ImplicitFunction function(Loss loss, Solver solver, double tolerance) {
    var form =
        new PenalisedModel.Form(
            loss, Average.MEAN, true, PenaltyKind.L2, PenaltyScope.ALL, List.of(), false);
    PenalisedModel model = PenalisedModel.of(form, schema(loss.labels() == Labels.CLASSES), 3);
    return ImplicitFunction.of(
        model.inner(), solver, LinearSolver.auto(1e-12), new Stopping(0, tolerance, 200));
  }

  /** Of the mean loss with 1/2 penalty |W|^2; the objective there. */
  private double assertSolves(
      FittedModel fitted, Loss loss, double[] labels, double penalty, double tolerance) {
    Passes passes = passes(labels, loss.labels() == Labels.CLASSES);
    Matrix theta = Matrix.scalar(Math.log(penalty));
    ImplicitFunction theirs = function(loss, fitted.solver(), tolerance);
    Matrix far = fitted.x().map(v -> v + 0.01);
    assertThat(theirs.residualNorm(passes, theta, far)).isGreaterThan(100 * tolerance);
    try (ImplicitSolution solution = theirs.solve(passes, theta);
        ImplicitSolution own =
            function(loss, Minimiser.newtonPolished(), 1e-12).solve(passes, theta)) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.CONVERGED);
      assertThat(solution.inner().residualNorm()).isLessThan(tolerance);
      Matrix x = own.inner().orThrow();
      assertThat(fitted.x().minus(x).norm()).isLessThan(100 * tolerance * x.norm());
      Matrix cotangent = x.map(v -> 1 + v);
      Matrix expected = own.vjp(cotangent).orThrow();
      assertThat(expected.norm()).isGreaterThan(0.01 * penalty);
      assertThat(solution.vjp(cotangent).orThrow().minus(expected).norm())
          .isLessThan(100 * tolerance * expected.norm());
    }
    return theirs.objective(passes, theta, fitted.x()).orElseThrow();
  }

  private static double last(double[] history) {
    return history[history.length - 1];
  }

  private static LogisticRegressionModel logistic(String family, Dataset<Row> rows) {
    return new LogisticRegression()
        .setFamily(family)
        .setRegParam(PENALTY)
        .setStandardization(false)
        .setTol(1e-14)
        .setMaxIter(500)
        .fit(rows);
  }

  @Test
  void linearRegression() {
    double[] labels = labels(v -> v);
    var model =
        new LinearRegression()
            .setRegParam(PENALTY)
            .setStandardization(false)
            .setSolver("normal")
            .fit(frame(labels));
    double mean = Arrays.stream(labels).average().orElseThrow();
    double variance = Arrays.stream(labels).map(y -> (y - mean) * (y - mean)).sum() / N;
    double penalty = PENALTY / Math.sqrt(variance);
    assertSolves(FittedModel.of(model), Loss.squared(), labels, penalty, 1e-9);
  }

  @Test
  void logisticRegression() {
    LogisticRegressionModel model = logistic("binomial", frame(labels(v -> v > 0 ? 1 : 0)));
    double objective =
        assertSolves(
            FittedModel.of(model), Loss.logistic(), labels(v -> v > 0 ? 1 : -1), PENALTY, 1e-6);
    assertThat(Math.abs(last(model.summary().objectiveHistory()) - objective)).isLessThan(1e-9);
  }

  @Test
  void multinomialRegression() {
    double[] labels = labels(v -> v < -0.5 ? 0 : v < 0.7 ? 1 : 2);
    LogisticRegressionModel model = logistic("multinomial", frame(labels));
    double objective =
        assertSolves(FittedModel.of(model), Loss.multinomial(), labels, PENALTY, 1e-6);
    assertThat(Math.abs(last(model.summary().objectiveHistory()) - objective)).isLessThan(1e-9);
  }

  @Test
  void poissonRegressionWithoutAPenalty() {
    double[] labels = labels(v -> Math.floor(Math.exp(Math.min(2, 0.5 * v))));
    var model =
        new GeneralizedLinearRegression()
            .setFamily("poisson")
            .setLink("log")
            .setTol(1e-12)
            .setMaxIter(100)
            .fit(frame(labels));
    assertSolves(FittedModel.of(model), Loss.poisson(), labels, 1e-9, 1e-7);
  }

  @Test
  void aModelOfAnotherPenaltyIsNoSolution() {
    double[] labels = labels(v -> v);
    var model = new LinearRegression().setRegParam(1).fit(frame(labels));
    Passes passes = passes(labels, false);
    try (ImplicitSolution solution =
        function(Loss.squared(), FittedModel.of(model).solver(), 1e-6)
            .solve(passes, Matrix.scalar(Math.log(PENALTY)))) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.STALLED);
    }
  }
}
