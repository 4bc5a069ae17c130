package org.tacit.bilevel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Bilevel problems in closed form: x shrinks c by a penalty exp(theta), and L = 1/2 |x - d|^2 asks
 * for d.
 *
 * <pre>
 *   ridge:  x_j = c_j / (1 + exp(theta_j))       lasso:  x_j = soft(c_j, exp(theta))
 * </pre>
 *
 * The minimiser of L is exp(theta_j) = c_j / d_j - 1, with one theta exp(theta) = c'c / c'd - 1; of
 * a lasso of one unknown exp(theta) = c - d.
 */
public record Shrinkage(
    Condition condition, Var loss, Solver solver, int maxIterations, Setting setting) {
  static final Passes NO_TABLES = Passes.over(Map.of());
  static final Bounds WIDE = Bounds.of(-20, 10);

  static final OuterStopping UNTIL = new OuterStopping(1e-6, 100, 1e-11);

  private static final String TRAIN = "train";
  private static final String HELD = "held";

  /**
   * What it is tuned by, and on which rows.
   *
   * @param rows of each table, features then label
   */
  record Setting(
      Function<OuterStopping, OuterOptimiser> optimiser,
      TableFactory tables,
      Map<String, Matrix> rows) {}

  private static final Setting ALONE =
      new Setting(OuterOptimiser::adaptiveGradient, TableFactory.inProcess(100), Map.of());

  private static Schema schema(int unknowns) {
    return Schema.of(
        new Schema.Field("features", unknowns, Storage.DENSE),
        new Schema.Field("label", 1, Storage.DENSE));
  }

  /** 1/2 |x - label|^2 over the rows of a table whose features are the identity. */
  private static Var misfit(String table, Var x) {
    Rows rows = new Rows(table, schema(x.shape().rows().size()));
    return rows.features().matmul(x).minus(rows.label()).square().sumRows().times(0.5);
  }

  static Shrinkage ridge(int thetas, Matrix c, Matrix d) {
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(c.rows()),
            Parameters.vector(thetas),
            (x, theta) -> misfit(TRAIN, x).plus(theta.exp().times(x.square()).sum().times(0.5)));
    return of(condition, (x, theta) -> misfit(HELD, x)).withRows(c, d);
  }

  static Shrinkage lasso(Matrix c, Matrix d) {
    Condition condition =
        ProximalGradient.ofConvex(
            c.rows(),
            1,
            (x, theta) -> misfit(TRAIN, x),
            (point, theta, eta) -> Prox.lasso(theta.exp()).of(point, eta));
    return of(condition, (x, theta) -> misfit(HELD, x)).withRows(c, d);
  }

  static Shrinkage of(Condition condition, BinaryOperator<Var> loss) {
    return new Shrinkage(
        condition, loss.apply(condition.x(), condition.theta()), Solver.automatic(), 500, ALONE);
  }

  private Shrinkage withRows(Matrix c, Matrix d) {
    Matrix identity = Matrix.identity(c.rows());
    Map<String, Matrix> rows =
        Map.of(
            TRAIN, Matrix.beside(List.of(identity, c)), HELD, Matrix.beside(List.of(identity, d)));
    return with(new Setting(setting.optimiser, setting.tables, rows));
  }

  private Shrinkage with(Setting other) {
    return new Shrinkage(condition, loss, solver, maxIterations, other);
  }

  Shrinkage tunedBy(Function<OuterStopping, OuterOptimiser> optimiser) {
    return with(new Setting(optimiser, setting.tables, setting.rows));
  }

  Shrinkage on(TableFactory tables) {
    return with(new Setting(setting.optimiser, tables, setting.rows));
  }

  /** x = theta, and any loss of both. */
  static Shrinkage identity(int n, BinaryOperator<Var> loss) {
    return of(
        Stationarity.ofStronglyConvex(
            Parameters.vector(n),
            Parameters.vector(n),
            (x, theta) -> x.minus(theta).square().sum().times(0.5)),
        loss);
  }

  Shrinkage solvedBy(Solver other, int iterations) {
    return new Shrinkage(condition, loss, other, iterations, setting);
  }

  BilevelResult tuned(Bounds bounds, Matrix start) {
    return tuned(bounds, UNTIL, start, LinearSolver::auto);
  }

  BilevelResult tuned(
      Bounds bounds, OuterStopping until, Matrix start, DoubleFunction<LinearSolver> linear) {
    return on(bounds, linear, function -> setting.optimiser.apply(until).minimise(function, start));
  }

  /** What is made of the outer function on tables that are open for it. */
  <T> T on(Bounds bounds, DoubleFunction<LinearSolver> linear, Function<OuterFunction, T> use) {
    ImplicitFunction inner =
        ImplicitFunction.of(
            condition, solver, linear.apply(1e-11), Stopping.relative(1e-11, maxIterations));
    BilevelProblem problem = BilevelProblem.of(inner, loss);
    Map<String, Table> tables = new HashMap<>();
    try {
      setting.rows.forEach(
          (name, rows) -> tables.put(name, setting.tables.of(schema(rows.cols() - 1), rows, 2)));
      return use.apply(OuterFunction.of(problem, linear, Passes.over(tables)).within(bounds));
    } finally {
      tables.values().forEach(Table::close);
    }
  }

  static List<Double> values(BilevelResult result) {
    return result.history().stream().map(OuterState.Iteration::outerValue).toList();
  }
}
