package org.tacit.job;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
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
import org.tacit.model.ColumnMoments;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** A model of seeded rows, whose columns may be put in other units and from other origins. */
record ModelOfRows(
    Loss loss, PenaltyKind penalty, Average average, boolean hasIntercept, Storage storage) {
  private static final int P = 4;
  private static final int TRAIN = 60;
  private static final int ALL = 90;
  private static final double[] THETA = {-3, -1.5, -2.5, -4};

  /** Column j becomes unit_j (column_j + origin_j). */
  record Change(List<Double> units, List<Double> origins) {
    static final Change NOTHING =
        new Change(List.of(1.0, 1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0, 0.0));

    double of(int j, double value) {
      return units.get(j) * (value + origins.get(j));
    }

    @Override
    public String toString() {
      return "units " + units + ", origins " + origins;
    }
  }

  /**
   * @param solution coefficients, then intercepts
   * @param distrust why the hypergradient is not to be trusted
   * @param passes but for the moments
   */
  record Found(
      Outcome outcome,
      Matrix solution,
      Matrix hypergradient,
      Optional<String> distrust,
      long passes) {}

  private boolean hasClasses() {
    return loss.labels() == Labels.CLASSES;
  }

  private int outputs() {
    return hasClasses() ? 3 : 1;
  }

  private static double score(double[] z, int i) {
    return 0.5 * z[i * P] - 0.7 * z[i * P + 1] + 0.3 * z[i * P + 2] + 0.2 * z[i * P + 3];
  }

  private double label(Random random, double score) {
    double noise = random.nextGaussian();
    return switch (loss.labels()) {
      case REAL -> score + noise;
      case NON_NEGATIVE -> Math.floor(Math.exp(score + 1) * (0.3 + random.nextDouble()));
      case POSITIVE -> Math.exp(score) * (0.2 + random.nextDouble());
      case BINARY -> score + 0.8 * noise > 0 ? 1 : -1;
      case CLASSES -> score + noise > 0.6 ? 2 : score + noise < -0.6 ? 0 : 1;
    };
  }

  private Schema schema(boolean isWeighted) {
    Schema schema =
        Schema.of(
            new Schema.Field(Rows.FEATURES, P, storage),
            new Schema.Field(Rows.LABEL, 1, hasClasses() ? Storage.KEY : Storage.DENSE));
    return isWeighted
        ? schema.with(List.of(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE)))
        : schema;
  }

  /**
   * Features are multiples of 1 / 256, so that a float holds them in any unit of a power of two.
   */
  private Passes passes(Change change, boolean isWeighted) {
    Random random = new Random(29);
    double[] z = new double[ALL * P];
    Arrays.setAll(z, i -> Math.rint(256 * random.nextGaussian()) / 256);
    double[] y = new double[ALL];
    double[] weights = new double[ALL];
    double[] x = new double[ALL * P];
    for (int i = 0; i < ALL; i++) {
      y[i] = label(random, score(z, i));
      weights[i] = random.nextInt(5);
      for (int j = 0; j < P; j++) {
        x[i * P + j] = change.of(j, z[i * P + j]);
      }
    }
    return Passes.over(
        Map.of(
            PenalisedModel.TRAIN, table(0, TRAIN, x, y, weights, isWeighted),
            PenalisedModel.VALIDATION, table(TRAIN, ALL, x, y, weights, isWeighted)));
  }

  private Table table(
      int from, int to, double[] x, double[] y, double[] weights, boolean isWeighted) {
    int rows = to - from;
    double[] labels = Arrays.copyOfRange(y, from, to);
    Column features = features(rows, Arrays.copyOfRange(x, from * P, to * P));
    Column label =
        hasClasses()
            ? Column.keys(Arrays.stream(labels).mapToInt(v -> (int) v).toArray())
            : Column.dense(rows, 1, labels);
    Column weight = Column.dense(rows, 1, Arrays.copyOfRange(weights, from, to));
    Block block =
        isWeighted ? new Block(rows, features, label, weight) : new Block(rows, features, label);
    return InProcessTable.of(schema(isWeighted), block);
  }

  private Column features(int rows, double[] x) {
    if (storage == Storage.CSR) {
      int[] starts = new int[rows + 1];
      int[] index = new int[rows * P];
      Arrays.setAll(starts, i -> i * P);
      Arrays.setAll(index, e -> e % P);
      return Column.sparse(P, starts, index, x);
    }
    if (storage == Storage.FLOAT) {
      float[] floats = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        floats[i] = (float) x[i];
      }
      return Column.floats(rows, P, floats);
    }
    return Column.dense(rows, P, x);
  }

  /** The log penalties moved along: of coefficients divided by their units. */
  private Matrix theta(Change change) {
    double perRow = average == Average.SUM ? Math.log(TRAIN) : 0;
    int kinds = penalty == PenaltyKind.ELASTIC_NET ? 2 : 1;
    double[] theta = new double[kinds * P];
    for (int k = 0; k < theta.length; k++) {
      boolean isOfSquares = penalty == PenaltyKind.L2 || k >= P;
      theta[k] =
          THETA[k % P] + perRow + (isOfSquares ? 2 : 1) * Math.log(change.units().get(k % P));
    }
    return Matrix.column(theta);
  }

  private PenalisedModel stated(boolean isWeighted) {
    return PenalisedModel.of(
        new PenalisedModel.Form(
            loss, average, hasIntercept, penalty, PenaltyScope.FEATURE, List.of(), false),
        schema(isWeighted),
        outputs());
  }

  Found solved(Change change, boolean isWeighted) {
    Passes passes = passes(change, isWeighted);
    Rows rows = new Rows(PenalisedModel.TRAIN, schema(isWeighted));
    Matrix theta = theta(change);
    return solved(
        stated(isWeighted).in(ColumnMoments.of(passes, rows), theta, 0), passes, theta, 1e-10);
  }

  /** The model of the rows as they are, whose unknowns are the coefficients themselves. */
  Found inPlainCoordinates(boolean isWeighted) {
    return solved(
        stated(isWeighted), passes(Change.NOTHING, isWeighted), theta(Change.NOTHING), 1e-12);
  }

  private Found solved(PenalisedModel model, Passes passes, Matrix theta, double tolerance) {
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            Solver.automatic(),
            LinearSolver.restricted(
                LinearSolver.auto(tolerance, 1000, LinearSolver.Promise.PROBED)),
            Stopping.relative(tolerance, 500));
    BilevelProblem problem = BilevelProblem.of(inner, model.outer(loss, PenalisedModel.VALIDATION));
    try (ImplicitSolution solution = inner.solve(passes, theta)) {
      Hypergradient hypergradient = problem.hypergradient(passes, solution);
      return new Found(
          hypergradient.outcome(),
          SolutionMap.of(inner, (x, t) -> model.solution()).value(solution),
          hypergradient.gradient(),
          problem.certificate(solution, hypergradient).reason(),
          passes.ledger().total() - passes.ledger().of("moments"));
    }
  }

  /**
   * The solution of changed columns as one of the columns themselves; intercepts of classes sum to
   * zero.
   */
  Matrix back(Matrix solution, Change change) {
    double[] x = solution.toArray();
    for (int j = 0; j < P; j++) {
      for (int c = 0; c < outputs(); c++) {
        double w = x[j * outputs() + c] * change.units().get(j);
        x[j * outputs() + c] = w;
        if (hasIntercept) {
          x[P * outputs() + c] += change.origins().get(j) * w;
        }
      }
    }
    if (hasClasses() && hasIntercept) {
      double mean = Arrays.stream(x, P * outputs(), x.length).average().orElseThrow();
      for (int c = P * outputs(); c < x.length; c++) {
        x[c] -= mean;
      }
    }
    return Matrix.column(x);
  }

  @Override
  public String toString() {
    return loss.name()
        + " "
        + penalty
        + " "
        + average
        + (hasIntercept ? " intercept " : " ")
        + storage;
  }
}
