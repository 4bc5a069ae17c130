package org.tacit.experiment;

import java.util.Map;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.loss.Logistic;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.prox.Lasso;
import org.tacit.spark.AreaUnderCurve;

/**
 * Logistic regression of labels -1 and 1 on a column of a table, x being its weights and, last, an
 * intercept that is not penalised.
 */
final class SignRegression {
  private static final String TABLE = "rows";
  private static final double[] PENALTIES = {1e-4, 1e-3, 1e-2, 3e-2, 1e-1, 3e-1};

  private final Rows rows;
  private final String column;
  private final int width;

  /** Train, validation and test rows. */
  record Parts(Table train, Table validation, Table test) {
    /** With values of the rows as a column more. */
    Parts with(Program columns, Map<String, Matrix> inputs) {
      return new Parts(
          wider(train, columns, inputs),
          wider(validation, columns, inputs),
          wider(test, columns, inputs));
    }
  }

  /** A fit, and its areas under the curve. */
  record Fit(Matrix x, double validation, double test) {}

  SignRegression(Parts parts, String column) {
    this.rows = new Rows(TABLE, parts.train.schema());
    this.column = column;
    this.width = rows.column(column).shape().width();
  }

  static Table wider(Table table, Program columns, Map<String, Matrix> inputs) {
    return Passes.over(TABLE, table).keeping(TABLE, columns, inputs).table(TABLE);
  }

  static Var score(Var values, Var x) {
    int k = values.shape().width();
    return values.matmul(x.slice(Side.ROWS, 0, k)).plus(x.at(k));
  }

  private Var loss(Var x) {
    return new Logistic().of(score(rows.column(column), x), rows.label()).meanRows();
  }

  private Condition l1() {
    double[] mask = new double[width + 1];
    java.util.Arrays.fill(mask, 0, width, 1);
    return ProximalGradient.ofConvex(
        width + 1,
        1,
        (x, penalty) -> loss(x),
        (x, penalty, eta) ->
            new Lasso(Var.constant(Matrix.column(mask)).times(penalty)).of(x, eta));
  }

  private Condition l2() {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(width + 1),
        Parameters.vector(1),
        (x, penalty) ->
            loss(x).plus(x.slice(Side.ROWS, 0, width).square().sum().times(penalty).times(0.5)));
  }

  /** The l1 fit whose penalty has the largest area on the validation rows. */
  Fit bestL1(Parts parts) {
    return best(parts, ImplicitFunction.of(l1()));
  }

  /** The l2 fit likewise. */
  Fit bestL2(Parts parts) {
    return best(parts, ImplicitFunction.of(l2()));
  }

  private Fit best(Parts parts, ImplicitFunction function) {
    Fit best = new Fit(Matrix.zeros(width + 1, 1), 0, 0);
    for (double penalty : PENALTIES) {
      Passes passes = Passes.over(TABLE, parts.train);
      try (ImplicitSolution solution = function.solve(passes, Matrix.scalar(penalty))) {
        Fit fit = judged(parts, solution.x());
        best = fit.validation >= best.validation ? fit : best;
      }
    }
    return best;
  }

  /** The areas of weights from anywhere. */
  Fit judged(Parts parts, Matrix x) {
    return new Fit(x, area(parts.validation, x), area(parts.test, x));
  }

  private double area(Table table, Matrix x) {
    Var weights = Var.input("x", Shape.of(width + 1, 1));
    Program scores = Program.of("score", score(rows.column(column), weights).node());
    return AreaUnderCurve.of(wider(table, scores, Map.of("x", x)), "score", Rows.LABEL);
  }
}
