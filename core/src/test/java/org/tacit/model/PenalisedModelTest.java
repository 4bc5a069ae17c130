package org.tacit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Offsets and standardised penalties say what the same model in other terms says. */
class PenalisedModelTest {
  private static final int P = 3;
  private static final int N = 90;
  private static final int TRAIN = 60;
  private static final double[] UNITS = {0.2, 1, 30};
  private static final double[] ORIGINS = {2, -1, 50};

  private final double[] x = new double[N * P];
  private final double[] offset = new double[N];
  private final double[] weight = new double[N];
  private final double[] score = new double[N];
  private final double[] noise = new double[N];

  PenalisedModelTest() {
    Random random = new Random(17);
    for (int i = 0; i < N; i++) {
      double s = 0.3;
      for (int j = 0; j < P; j++) {
        double z = random.nextGaussian();
        x[i * P + j] = ORIGINS[j] + UNITS[j] * z;
        s += (j - 0.7) * 0.5 * z;
      }
      offset[i] = 0.8 * random.nextGaussian();
      weight[i] = 1 + random.nextInt(3);
      score[i] = s + offset[i];
      noise[i] = random.nextGaussian();
    }
  }

  private double[] labels(Loss loss) {
    double[] y = new double[N];
    Arrays.setAll(
        y,
        i ->
            switch (loss.labels()) {
              case BINARY -> score[i] + noise[i] > 0 ? 1 : -1;
              case CLASSES -> score[i] + noise[i] > 0.7 ? 2 : score[i] + noise[i] > -0.5 ? 1 : 0;
              case NON_NEGATIVE, POSITIVE -> Math.rint(Math.exp(0.5 * (score[i] + noise[i])));
              case REAL -> score[i] + 0.3 * noise[i];
            });
    return y;
  }

  /** The rows of a problem: its features, labels, and offset where there is one. */
  private record Data(Loss loss, Matrix x, Matrix y, Optional<Matrix> offset, Storage storage) {
    Data in(Storage other) {
      return new Data(loss, x, y, offset, other);
    }

    Data with(UnaryOperator<double[]> features) {
      return new Data(loss, Matrix.column(features.apply(x.toArray())), y, offset, storage);
    }
  }

  private Data data(Loss loss, boolean hasOffset) {
    return new Data(
        loss,
        Matrix.column(x),
        Matrix.column(labels(loss)),
        hasOffset ? Optional.of(Matrix.column(offset)) : Optional.empty(),
        Storage.DENSE);
  }

  private Schema schema(Data data) {
    boolean hasClasses = data.loss.labels() == Labels.CLASSES;
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(Rows.FEATURES, P, data.storage));
    fields.add(new Schema.Field(Rows.LABEL, 1, hasClasses ? Storage.KEY : Storage.DENSE));
    fields.add(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE));
    if (data.offset.isPresent()) {
      fields.add(new Schema.Field(Rows.OFFSET, 1, Storage.DENSE));
    }
    return Schema.of(fields);
  }

  private Table table(Data data, int from, int to) {
    return InProcessTable.of(schema(data), block(data, from, to));
  }

  private Block block(Data data, int from, int to) {
    int rows = to - from;
    double[] features = Arrays.copyOfRange(data.x.toArray(), from * P, to * P);
    double[] y = Arrays.copyOfRange(data.y.toArray(), from, to);
    List<Column> columns = new ArrayList<>();
    columns.add(
        data.storage == Storage.CSR ? csr(rows, features) : Column.dense(rows, P, features));
    columns.add(
        data.loss.labels() == Labels.CLASSES
            ? Column.keys(Arrays.stream(y).mapToInt(v -> (int) v).toArray())
            : Column.dense(rows, 1, y));
    columns.add(Column.dense(rows, 1, Arrays.copyOfRange(weight, from, to)));
    if (data.offset.isPresent()) {
      columns.add(Column.dense(rows, 1, Arrays.copyOfRange(data.offset.get().toArray(), from, to)));
    }
    return new Block(rows, columns.toArray(new Column[0]));
  }

  private static Column csr(int rows, double[] features) {
    int[] starts = new int[rows + 1];
    int[] index = new int[features.length];
    Arrays.setAll(starts, i -> i * P);
    Arrays.setAll(index, e -> e % P);
    return Column.sparse(P, starts, index, features);
  }

  private Passes passes(Data data) {
    return Passes.over(
        Map.of(Model.TRAIN, table(data, 0, TRAIN), Model.VALIDATION, table(data, TRAIN, N)));
  }

  /** W and b with what the validation loss and its derivative in theta are there. */
  private record Found(Matrix solution, double outer, Matrix gradient) {}

  private Found solved(PenalisedModel.Form form, Data data, Matrix theta, double origin) {
    Passes passes = passes(data);
    ColumnMoments moments = ColumnMoments.of(passes, new Rows(Model.TRAIN, schema(data)));
    PenalisedModel model = PenalisedModel.of(form, schema(data), 3).in(moments, theta, origin);
    return solved(model, form.loss(), passes, theta);
  }

  private static Found solved(PenalisedModel model, Loss loss, Passes passes, Matrix theta) {
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            Solver.automatic(),
            LinearSolver.auto(1e-12),
            Stopping.relative(1e-12, 500));
    BilevelProblem problem = BilevelProblem.of(inner, model.outer(loss, Model.VALIDATION));
    try (ImplicitSolution solution = inner.solve(passes, theta)) {
      var hypergradient = problem.hypergradient(passes, solution);
      assertThat(hypergradient.outcome().isConverged()).isTrue();
      return new Found(
          SolutionMap.of(inner, (at, t) -> model.solution()).value(solution),
          hypergradient.outerValue(),
          hypergradient.gradient());
    }
  }

  private static PenalisedModel.Form form(Loss loss, PenaltyKind penalty, boolean standardised) {
    return new PenalisedModel.Form(
        loss, Average.MEAN, true, penalty, PenaltyScope.FEATURE, List.of(), standardised);
  }

  private static Matrix theta(PenaltyKind penalty) {
    Matrix theta = Matrix.column(-3, -2.5, -4);
    return penalty == PenaltyKind.ELASTIC_NET ? Matrix.column(-3, -2.5, -4, -2, -3, -1.5) : theta;
  }

  private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
    assertThat(expected.norm()).isGreaterThan(1e-3);
    assertThat(actual.minus(expected).norm()).isLessThan(tolerance * expected.norm());
  }

  @Test
  void anOffsetOfASquaredLossIsTakenFromTheLabels() {
    for (double origin : new double[] {0, 5}) {
      Data with = data(Loss.squared(), true);
      double[] rest = new double[N];
      Arrays.setAll(rest, i -> with.y.at(i) - offset[i]);
      Data without =
          new Data(Loss.squared(), with.x, Matrix.column(rest), Optional.empty(), Storage.DENSE);
      for (PenaltyKind penalty : PenaltyKind.values()) {
        PenalisedModel.Form form = form(Loss.squared(), penalty, false);
        Found found = solved(form, with, theta(penalty), origin);
        Found expected = solved(form, without, theta(penalty), 0);
        assertClose(found.solution, expected.solution, 1e-8);
        assertClose(found.gradient, expected.gradient, 1e-6);
        assertThat(found.outer).isCloseTo(expected.outer, within(1e-9));
      }
    }
  }

  private static Offset<Double> within(double tolerance) {
    return Offset.offset(tolerance);
  }

  /** (X' V X + S) w = X' V (y - offset), V the weights over their sum, without an intercept. */
  @Test
  void aRidgeWithOffsetSolvesItsNormalEquations() {
    Data with = data(Loss.squared(), true);
    PenalisedModel.Form form =
        new PenalisedModel.Form(
            Loss.squared(),
            Average.MEAN,
            false,
            PenaltyKind.L2,
            PenaltyScope.FEATURE,
            List.of(),
            false);
    Matrix theta = theta(PenaltyKind.L2);
    double total = Arrays.stream(weight, 0, TRAIN).sum();
    double[] a = new double[P * P];
    double[] b = new double[P];
    for (int j = 0; j < P; j++) {
      a[j * P + j] = Math.exp(theta.at(j));
      for (int i = 0; i < TRAIN; i++) {
        b[j] += weight[i] / total * x[i * P + j] * (with.y.at(i) - offset[i]);
        for (int k = 0; k < P; k++) {
          a[j * P + k] += weight[i] / total * x[i * P + j] * x[i * P + k];
        }
      }
    }
    Matrix found = solved(form, with, theta, 0).solution;
    assertThat(found.norm()).isGreaterThan(0.1);
    assertClose(Matrix.of(P, P, a).times(found), Matrix.column(b), 1e-9);
  }

  /** Of logs of expectations an offset is the log of an exposure, which rates are weighed by. */
  @Test
  void anOffsetOfCountsIsTheLogOfAnExposure() {
    Data counts = data(Loss.poisson(), true);
    PenalisedModel.Form form = form(Loss.poisson(), PenaltyKind.L2, false);
    Matrix theta = theta(PenaltyKind.L2);
    Matrix found = solved(form, counts, theta, 0).solution;
    double total = Arrays.stream(weight, 0, TRAIN).sum();
    double intercept = 0;
    double[] gradient = new double[P];
    for (int i = 0; i < TRAIN; i++) {
      double s = found.at(P);
      for (int j = 0; j < P; j++) {
        s += x[i * P + j] * found.at(j);
      }
      double slope = weight[i] / total * (Math.exp(offset[i]) * Math.exp(s) - counts.y.at(i));
      intercept += slope;
      for (int j = 0; j < P; j++) {
        gradient[j] += slope * x[i * P + j];
      }
    }
    assertThat(intercept).isCloseTo(0, within(1e-8));
    for (int j = 0; j < P; j++) {
      double penalty = Math.exp(theta.at(j)) * found.at(j);
      assertThat(gradient[j] + penalty).isCloseTo(0, within(1e-7));
    }
  }

  @Test
  void anOffsetMatters() {
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2, false);
    Found with = solved(form, data(Loss.logistic(), true), theta(PenaltyKind.L2), 0);
    Found without = solved(form, data(Loss.logistic(), false), theta(PenaltyKind.L2), 0);
    assertThat(with.solution.minus(without.solution).norm()).isGreaterThan(0.01);
    assertThat(Math.abs(with.outer - without.outer)).isGreaterThan(0.01);
  }

  @Test
  void anOffsetOfClassesIsRefused() {
    Data classes = data(Loss.multinomial(), true);
    PenalisedModel.Form form = form(Loss.multinomial(), PenaltyKind.L2, false);
    assertThatThrownBy(() -> PenalisedModel.of(form, schema(classes), 3))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("Invalid data.offset with loss multinomial (must be left out");
  }

  static Stream<PenalisedModel.Form> standardised() {
    return Stream.of(
        form(Loss.squared(), PenaltyKind.L2, true),
        form(Loss.squared(), PenaltyKind.L1, true),
        form(Loss.logistic(), PenaltyKind.ELASTIC_NET, true),
        form(Loss.multinomial(), PenaltyKind.L2, true),
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.SUM,
            false,
            PenaltyKind.L2,
            PenaltyScope.ALL,
            List.of(),
            true));
  }

  private static PenalisedModel.Form plain(PenalisedModel.Form form) {
    return new PenalisedModel.Form(
        form.loss(),
        form.average(),
        form.hasIntercept(),
        form.penalty(),
        form.scope(),
        form.groups(),
        false);
  }

  private static Matrix theta(PenalisedModel.Form form) {
    return form.scope() == PenaltyScope.ALL ? Matrix.scalar(0.5) : theta(form.penalty());
  }

  /** The deviations of the training columns, written out. */
  private double[] deviations() {
    double total = Arrays.stream(weight, 0, TRAIN).sum();
    double[] deviations = new double[P];
    for (int j = 0; j < P; j++) {
      double mean = 0;
      for (int i = 0; i < TRAIN; i++) {
        mean += weight[i] / total * x[i * P + j];
      }
      double variance = 0;
      for (int i = 0; i < TRAIN; i++) {
        variance += weight[i] / total * Math.pow(x[i * P + j] - mean, 2);
      }
      deviations[j] = Math.sqrt(variance);
    }
    return deviations;
  }

  @ParameterizedTest
  @MethodSource("standardised")
  void standardisedIsTheModelOfColumnsDividedByHand(PenalisedModel.Form form) {
    double[] s = deviations();
    Data raw = data(form.loss(), false);
    Data divided =
        raw.with(
            all -> {
              double[] scaled = new double[all.length];
              Arrays.setAll(scaled, e -> all[e] / s[e % P]);
              return scaled;
            });
    Found found = solved(form, raw, theta(form), 0);
    Found expected = solved(plain(form), divided, theta(form), 0);
    Found other = solved(plain(form), raw, theta(form), 0);
    double[] back = expected.solution.toArray();
    int outputs = form.loss().labels() == Labels.CLASSES ? 3 : 1;
    for (int e = 0; e < P * outputs; e++) {
      back[e] /= s[e / outputs];
    }
    assertClose(found.solution, Matrix.column(back), 1e-8);
    assertClose(found.gradient, expected.gradient, 1e-6);
    assertThat(found.outer).isCloseTo(expected.outer, within(1e-9));
    assertThat(found.gradient.minus(other.gradient).norm())
        .isGreaterThan(0.01 * other.gradient.norm());
  }

  @ParameterizedTest
  @MethodSource("standardised")
  void itsDerivativesAreThoseOfItsSolutions(PenalisedModel.Form form) {
    Data sparse = data(form.loss(), false).in(Storage.CSR);
    Matrix theta = theta(form);
    Found at = solved(form, sparse, theta, 0);
    double h = 1e-4;
    double[] differences = new double[theta.rows()];
    for (int k = 0; k < differences.length; k++) {
      double[] up = theta.toArray();
      double[] down = theta.toArray();
      up[k] += h;
      down[k] -= h;
      double above = solved(form, sparse, Matrix.column(up), 0).outer;
      double below = solved(form, sparse, Matrix.column(down), 0).outer;
      differences[k] = (above - below) / (2 * h);
    }
    assertThat(at.gradient.norm()).isGreaterThan(1e-4);
    assertThat(at.gradient.minus(Matrix.column(differences)).norm())
        .isLessThan(1e-5 * at.gradient.norm());
  }

  /** Sums, so that the sum of the weights does not enter. */
  static Stream<PenalisedModel.Form> weighed() {
    return Stream.of(
        summed(Loss.squared(), PenaltyKind.L1),
        summed(Loss.logistic(), PenaltyKind.L2),
        summed(Loss.poisson(), PenaltyKind.ELASTIC_NET),
        summed(Loss.multinomial(), PenaltyKind.L2));
  }

  private static PenalisedModel.Form summed(Loss loss, PenaltyKind penalty) {
    return new PenalisedModel.Form(
        loss, Average.SUM, true, penalty, PenaltyScope.FEATURE, List.of(), false);
  }

  private static final Matrix OMEGA = Matrix.column(0.7, -1.2, 0, 2.5);

  private static Matrix beside(Matrix theta, Matrix omega) {
    return Matrix.column(
        theta.rows() + omega.rows(),
        k -> k < theta.rows() ? theta.at(k) : omega.at(k - theta.rows()));
  }

  private static double sigmoid(double omega) {
    return 1 / (1 + Math.exp(-omega));
  }

  /** Row i has key i % 4; its weight of theta multiplies the one it has. */
  @ParameterizedTest
  @MethodSource("weighed")
  void weightsOfThetaAreWeightsOfRows(PenalisedModel.Form form) {
    Data data = data(form.loss(), false);
    Found found = solvedWeighed(form, data, theta(form.penalty()), OMEGA);
    double[] before = weight.clone();
    for (int i = 0; i < TRAIN; i++) {
      weight[i] *= 2 * sigmoid(OMEGA.at(i % 4));
    }
    Found expected = solved(form, data, theta(form.penalty()), 0);
    System.arraycopy(before, 0, weight, 0, N);
    Found unweighed = solved(form, data, theta(form.penalty()), 0);
    assertClose(found.solution, expected.solution, 1e-8);
    assertThat(found.outer).isCloseTo(expected.outer, within(1e-9));
    assertThat(found.solution.minus(unweighed.solution).norm())
        .isGreaterThan(0.01 * unweighed.solution.norm());
    Found atZero = solvedWeighed(form, data, theta(form.penalty()), Matrix.zeros(4, 1));
    assertClose(atZero.solution, unweighed.solution, 1e-8);
  }

  @ParameterizedTest
  @MethodSource("weighed")
  void derivativesInWeightsAreThoseOfSolutions(PenalisedModel.Form form) {
    Data data = data(form.loss(), false);
    Matrix theta = theta(form.penalty());
    Matrix gradient = solvedWeighed(form, data, theta, OMEGA).gradient;
    Matrix ofOmega = gradient.rows(theta.rows(), gradient.rows());
    double h = 1e-4;
    Matrix differences =
        Matrix.column(
            4,
            k -> {
              Matrix way = Matrix.column(4, j -> j == k ? 1 : 0);
              double above = solvedWeighed(form, data, theta, OMEGA.plus(h, way)).outer;
              double below = solvedWeighed(form, data, theta, OMEGA.plus(-h, way)).outer;
              return (above - below) / (2 * h);
            });
    assertThat(ofOmega.norm()).isGreaterThan(1e-4);
    assertThat(ofOmega.minus(differences).norm()).isLessThan(1e-5 * ofOmega.norm());
  }

  @Test
  void weightsThatAreNotGivenAreOne() {
    PenalisedModel.Form form = summed(Loss.squared(), PenaltyKind.L2).with(new RowWeights("k", 2));
    Schema keyed =
        schema(data(Loss.squared(), false)).with(List.of(new Schema.Field("k", 1, Storage.KEY)));
    PenalisedModel model = PenalisedModel.of(form, keyed, 1);
    assertThat(model.theta(List.of(-2.0))).isEqualTo(Matrix.column(-2, -2, -2, 0, 0));
    List<Double> all = List.of(1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(model.theta(all)).isEqualTo(Matrix.column(1, 2, 3, 4, 5));
    assertThat(model.thetaNames())
        .containsExactly(
            "feature x0", "feature x1", "feature x2", "weight of k 0", "weight of k 1");
    assertThatThrownBy(() -> model.theta(List.of(1.0, 2.0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("2 values (must be 3, one for each feature, or one for all");
  }

  @Test
  void weightsByNoColumnAreRefused() {
    PenalisedModel.Form form = summed(Loss.squared(), PenaltyKind.L2).with(new RowWeights("k", 2));
    assertThatThrownBy(() -> PenalisedModel.of(form, schema(data(Loss.squared(), false)), 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("k is no column of keys (must be one of data.keys)");
  }

  private static Column keys(int rows) {
    int[] keys = new int[rows];
    Arrays.setAll(keys, i -> i % 4);
    return Column.keys(keys);
  }

  private Found solvedWeighed(PenalisedModel.Form form, Data data, Matrix theta, Matrix omega) {
    Schema keyed = schema(data).with(List.of(new Schema.Field("source", 1, Storage.KEY)));
    Passes passes =
        Passes.over(
            Map.of(
                Model.TRAIN,
                InProcessTable.of(keyed, block(data, 0, TRAIN).with(List.of(keys(TRAIN)))),
                Model.VALIDATION,
                InProcessTable.of(keyed, block(data, TRAIN, N).with(List.of(keys(N - TRAIN))))));
    PenalisedModel model =
        PenalisedModel.of(form.with(new RowWeights("source", omega.rows())), keyed, 3);
    return solved(model, form.loss(), passes, beside(theta, omega));
  }

  @Test
  void aConstantColumnHasAUnitOfOne() {
    Data raw = data(Loss.squared(), false);
    Data constant =
        raw.with(
            all -> {
              double[] changed = all.clone();
              for (int i = 0; i < N; i++) {
                changed[i * P] = 4;
              }
              return changed;
            });
    Matrix found =
        solved(form(Loss.squared(), PenaltyKind.L2, true), constant, theta(PenaltyKind.L2), 0)
            .solution;
    assertThat(found.isFinite()).isTrue();
    assertThat(Math.abs(found.at(0))).isLessThan(1e-8);
  }

  @Test
  void standardisedWithoutMomentsIsRefused() {
    PenalisedModel model =
        PenalisedModel.of(
            form(Loss.squared(), PenaltyKind.L2, true), schema(data(Loss.squared(), false)), 1);
    assertThatThrownBy(model::inner)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No deviations of the columns");
  }
}
