package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/** Lasso, elastic net and least squares on a ball, against their closed forms. */
class ProximalGradientTest {
  private final Passes passes = Passes.over("train", Golden.table(4));

  private static Var leastSquares(Var w) {
    return Golden.ROWS
        .features()
        .matmul(w)
        .minus(Golden.ROWS.label())
        .square()
        .meanRows()
        .times(0.5);
  }

  private static Var soft(Var x, Var threshold) {
    return x.sign().times(x.abs().minus(threshold).max(Var.constant(0)));
  }

  private ImplicitSolution solved(Condition condition, Matrix theta) {
    return ImplicitFunction.of(
            condition,
            RootFinder.picard(),
            LinearSolver.auto(1e-13),
            Stopping.relative(1e-14, 20_000))
        .solve(passes, theta);
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, 0.5, 0.528146795363, 0.103888020175, -0.090616583408, -2.36460946539, -1.740082133795, 1.980980234929",
    "0.1, 0.5, 0.349157806746, 0, 0, -1.999427910296, 0, 0",
    "0.02, 1, 0.528146795363, 0.103888020175, -0.090616583408, -2.36460946539, -1.740082133795, 1.980980234929",
  })
  void lasso(
      double lambda, double eta, double x0, double x1, double x2, double d0, double d1, double d2) {
    Condition lasso =
        ProximalGradient.of(
            3,
            1,
            (w, theta) -> leastSquares(w),
            (v, theta, step) -> soft(v, theta.times(step)),
            eta);
    try (ImplicitSolution solution = solved(lasso, Matrix.scalar(lambda))) {
      assertThat(solution.inner().orThrow().minus(Matrix.column(x0, x1, x2)).maxAbs())
          .isLessThan(1e-11);
      Matrix derivative = Matrix.column(d0, d1, d2);
      assertThat(solution.jacobian().orThrow().minus(derivative).maxAbs()).isLessThan(1e-11);
      Matrix cotangent = Matrix.column(1, 2, 3);
      double reverse = solution.vjp(cotangent).orThrow().value();
      assertThat(Math.abs(reverse - cotangent.dot(derivative))).isLessThan(1e-10);
    }
  }

  @Test
  void elasticNet() {
    Condition net =
        ProximalGradient.of(
            3,
            2,
            (w, theta) -> leastSquares(w),
            (v, theta, step) -> {
              Var threshold = theta.slice(Side.ROWS, 0, 1).times(step);
              return soft(v, threshold)
                  .divide(threshold.times(theta.slice(Side.ROWS, 1, 2)).plus(1));
            },
            0.5);
    try (ImplicitSolution solution = solved(net, Matrix.column(0.05, 0.8))) {
      Matrix w = Matrix.column(0.42240420669, 0.045986859015, -0.026441313552);
      assertThat(solution.inner().orThrow().minus(w).maxAbs()).isLessThan(1e-11);
      Matrix expected =
          Matrix.of(
              3,
              2,
              -2.808092743887,
              -0.040163456508,
              -1.729270024106,
              -0.006456705764,
              1.915536202937,
              0.005274711112);
      assertThat(solution.jacobian().orThrow().minus(expected).maxAbs()).isLessThan(1e-10);
    }
  }

  @Test
  void leastSquaresOnABall() {
    Condition ball =
        ProximalGradient.of(
            3,
            1,
            (w, radius) -> leastSquares(w),
            (v, radius, step) -> {
              Var norm = v.square().sum().sqrt();
              return Var.where(norm.greaterThan(radius), v.times(radius.divide(norm)), v);
            },
            0.5);
    try (ImplicitSolution solution = solved(ball, Matrix.scalar(0.1))) {
      Matrix w = Matrix.column(0.096162738642, 0.021263041749, -0.017338130014);
      Matrix derivative = Matrix.column(0.958828142733, 0.217708466146, -0.182679198973);
      assertThat(solution.inner().orThrow().minus(w).maxAbs()).isLessThan(1e-11);
      assertThat(solution.jacobian().orThrow().minus(derivative).maxAbs()).isLessThan(1e-10);
    }
  }
}
