package org.tacit.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.projection.Prox;
import org.tacit.spark.AreaUnderCurve;

/**
 * Logistic regression of labels -1 and 1 on values of the rows to train, validate and test on, x
 * being its weights and, last, an intercept that is not penalised.
 */
record SignRegression(List<Passes> parts, Var values) {
  private static final double[] PENALTIES = {1e-4, 1e-3, 1e-2, 3e-2, 1e-1, 3e-1};

  /** A fit, and its areas under the curve. */
  record Fit(Matrix x, double validation, double test) {}

  /** On a column of tables. */
  static SignRegression of(List<Table> parts, String column) {
    return new SignRegression(
        parts.stream().map(part -> Passes.over("rows", part)).toList(),
        new Rows("rows", parts.get(0).schema()).column(column));
  }

  static Var score(Var values, Var x) {
    int k = values.shape().width();
    return values.matmul(x.slice(Side.ROWS, 0, k)).plus(x.at(k));
  }

  private Rows rows() {
    return new Rows("rows", parts.get(0).table("rows").schema());
  }

  /**
   * The fit whose penalty has the largest area on the validation rows: so much of it that of l1,
   * the rest that of l2.
   */
  Fit best(double ofL1) {
    int n = values.shape().width() + 1;
    double[] mask = new double[n];
    Arrays.fill(mask, 0, n - 1, 1);
    Var weights = Var.constant(Matrix.column(mask));
    ImplicitFunction function =
        ImplicitFunction.of(
            ProximalGradient.ofConvex(
                n,
                1,
                (x, penalty) -> {
                  Var squares = weights.times(x.square()).sum().times(0.5 * (1 - ofL1));
                  return Loss.logistic()
                      .of(score(values, x), rows().label())
                      .meanRows()
                      .plus(squares.times(penalty));
                },
                (x, penalty, eta) -> Prox.lasso(weights.times(penalty).times(ofL1)).of(x, eta)));
    Fit best = new Fit(Matrix.zeros(n, 1), 0, 0);
    for (double penalty : PENALTIES) {
      try (ImplicitSolution solution = function.solve(parts.get(0), Matrix.scalar(penalty))) {
        Fit fit = judged(solution.x());
        best = fit.validation >= best.validation ? fit : best;
      }
    }
    return best;
  }

  /** The areas of weights from anywhere. */
  Fit judged(Matrix x) {
    return new Fit(x, area(parts.get(1), x), area(parts.get(2), x));
  }

  private double area(Passes passes, Matrix x) {
    Var weights = Var.input("x", Shape.of(x.rows(), 1));
    Program program =
        Program.of(Map.of("score", score(values, weights).node(), "sign", rows().label().node()));
    Map<String, RowValues> kept = passes.keep(program, Map.of("x", x));
    try (RowValues scores = kept.get("score");
        RowValues signs = kept.get("sign")) {
      return AreaUnderCurve.of(passes.table("rows"), scores, signs);
    }
  }
}
