package org.tacit.bilevel;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleFunction;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.prox.Lasso;
import org.tacit.solver.Automatic;
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
record Shrinkage(Condition condition, Var loss, Solver solver, int maxIterations) {
  static final Passes NO_TABLES = Passes.over(Map.of());
  static final Bounds WIDE = new Bounds(-20, 10);

  static Shrinkage ridge(int thetas, Matrix c, Matrix d) {
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(c.rows()),
            Parameters.vector(thetas),
            (x, theta) ->
                x.minus(Var.constant(c))
                    .square()
                    .sum()
                    .plus(theta.exp().times(x.square()).sum())
                    .times(0.5));
    return of(condition, (x, theta) -> x.minus(Var.constant(d)).square().sum().times(0.5));
  }

  static Shrinkage lasso(Matrix c, Matrix d) {
    Condition condition =
        ProximalGradient.ofConvex(
            c.rows(),
            1,
            (x, theta) -> x.minus(Var.constant(c)).square().sum().times(0.5),
            (point, theta, eta) -> new Lasso(theta.exp()).of(point, eta));
    return of(condition, (x, theta) -> x.minus(Var.constant(d)).square().sum().times(0.5));
  }

  static Shrinkage of(Condition condition, BinaryOperator<Var> loss) {
    return new Shrinkage(
        condition, loss.apply(condition.x(), condition.theta()), new Automatic(), 500);
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

  /** One of theta's values. */
  static Var part(Var theta, int j) {
    return theta.slice(Side.ROWS, j, j + 1);
  }

  Shrinkage solvedBy(Solver other, int iterations) {
    return new Shrinkage(condition, loss, other, iterations);
  }

  BilevelResult tuned(Bounds bounds, Matrix start) {
    return tuned(bounds, new OuterStopping(1e-6, 100, 1e-11), start, Auto::of);
  }

  BilevelResult tuned(
      Bounds bounds, OuterStopping until, Matrix start, DoubleFunction<LinearSolver> linear) {
    ImplicitFunction inner =
        ImplicitFunction.of(
            condition, solver, linear.apply(1e-11), Stopping.relative(1e-11, maxIterations));
    return new HypergradientDescent(BilevelProblem.of(inner, loss), linear, bounds, until)
        .minimise(NO_TABLES, start, step -> {});
  }

  static List<Double> values(BilevelResult result) {
    return result.history().stream().map(OuterIteration::outerValue).toList();
  }
}
