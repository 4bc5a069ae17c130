package org.tacit.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
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

/** Seeded rows with labels of some kind, weights and the keys of three groups; fits of them. */
final class TunedRows {
  static final int P = 3;
  static final int TRAIN = 80;
  private static final int N = 150;
  static final String GROUP = "group";

  final double[] x = new double[N * P];
  final double[] y = new double[N];
  final double[] weight = new double[N];
  final int[] group = new int[N];
  private final Schema schema;

  TunedRows(Labels labels) {
    Random random = new Random(29);
    for (int i = 0; i < N; i++) {
      double score = 0.4;
      for (int j = 0; j < P; j++) {
        x[i * P + j] = random.nextGaussian();
        score += (j - 0.6) * x[i * P + j];
      }
      double noisy = score + 0.8 * random.nextGaussian();
      y[i] =
          switch (labels) {
            case BINARY -> noisy > 0.6 ? 1 : -1;
            case CLASSES -> noisy > 1 ? 2 : noisy > 0 ? 1 : 0;
            case NON_NEGATIVE -> Math.max(0, Math.rint(Math.exp(0.6 * noisy)));
            case POSITIVE -> Math.exp(0.6 * noisy);
            case REAL -> noisy;
          };
      weight[i] = 1 + random.nextInt(3);
      group[i] = random.nextInt(3);
    }
    this.schema =
        Schema.of(
            new Schema.Field(Rows.FEATURES, P, Storage.DENSE),
            new Schema.Field(Rows.LABEL, 1, labels == Labels.CLASSES ? Storage.KEY : Storage.DENSE),
            new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE),
            new Schema.Field(GROUP, 1, Storage.KEY));
  }

  Schema schema() {
    return schema;
  }

  private Table table(int from, int to) {
    double[] labels = Arrays.copyOfRange(y, from, to);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.dense(to - from, P, Arrays.copyOfRange(x, from * P, to * P)));
    columns.add(
        schema.field(Rows.LABEL).storage() == Storage.KEY
            ? Column.keys(Arrays.stream(labels).mapToInt(v -> (int) v).toArray())
            : Column.dense(to - from, 1, labels));
    columns.add(Column.dense(to - from, 1, Arrays.copyOfRange(weight, from, to)));
    columns.add(Column.keys(Arrays.copyOfRange(group, from, to)));
    return InProcessTable.of(schema, new Block(to - from, columns.toArray(new Column[0])));
  }

  Passes passes() {
    return Passes.over(Map.of(Model.TRAIN, table(0, TRAIN), Model.VALIDATION, table(TRAIN, N)));
  }

  IntStream validation() {
    return IntStream.range(TRAIN, N);
  }

  /** What a fit comes to: W and b, their scores of all rows, the outer loss and its derivative. */
  record Found(Matrix solution, double outer, Matrix gradient) {}

  PenalisedModel model(PenalisedModel.Form form, Matrix theta) {
    var moments = ColumnMoments.of(passes(), new Rows(Model.TRAIN, schema));
    return PenalisedModel.of(form, schema, 3).in(moments, theta, 0);
  }

  Found fit(PenalisedModel.Form form, OuterLoss outer, Matrix theta) {
    Passes passes = passes();
    PenalisedModel model = model(form, theta);
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            Solver.automatic(),
            LinearSolver.auto(1e-13),
            Stopping.relative(1e-13, 500));
    BilevelProblem problem = BilevelProblem.of(inner, model.outer(outer, Model.VALIDATION));
    try (ImplicitSolution solution = inner.solve(passes, theta)) {
      Hypergradient found = problem.hypergradient(passes, solution);
      Matrix w = SolutionMap.of(inner, (at, t) -> model.solution()).value(solution);
      return new Found(w, found.outerValue(), found.gradient());
    }
  }

  /** Central differences of fourth order of the outer loss at solutions found again. */
  Matrix slopes(PenalisedModel.Form form, OuterLoss outer, Matrix theta) {
    double h = 2e-4;
    return Matrix.column(
        theta.rows(),
        k -> {
          Matrix way = Matrix.column(theta.rows(), j -> j == k ? 1 : 0);
          double near =
              fit(form, outer, theta.plus(h, way)).outer
                  - fit(form, outer, theta.plus(-h, way)).outer;
          double far =
              fit(form, outer, theta.plus(2 * h, way)).outer
                  - fit(form, outer, theta.plus(-2 * h, way)).outer;
          return (8 * near - far) / (12 * h);
        });
  }

  /** x_i W + b of one output. */
  double score(Matrix solution, int i) {
    double score = solution.at(P);
    for (int j = 0; j < P; j++) {
      score += x[i * P + j] * solution.at(j);
    }
    return score;
  }

  static PenalisedModel.Form form(Loss loss, PenaltyKind penalty, PenaltyScope scope) {
    return new PenalisedModel.Form(loss, Average.MEAN, true, penalty, scope, List.of(), false);
  }
}
