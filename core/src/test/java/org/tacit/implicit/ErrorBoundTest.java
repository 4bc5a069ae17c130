package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/**
 * The bound holds for solutions and adjoints moved off their true values by known amounts, and is
 * not idle.
 */
class ErrorBoundTest {
  private static final int TRIALS = 100;

  private final Condition condition =
      Stationarity.ofStronglyConvex(
          Parameters.vector(3),
          Parameters.vector(3),
          (w, theta) ->
              Golden.ROWS
                  .features()
                  .matmul(w)
                  .times(Golden.ROWS.label())
                  .negate()
                  .softplus()
                  .meanRows()
                  .plus(theta.exp().times(w.square()).sum().times(0.5)));
  private final ImplicitFunction function =
      ImplicitFunction.of(
          condition,
          Minimiser.newtonPolished(),
          LinearSolver.auto(1e-14),
          Stopping.relative(1e-13, 100));
  private final Passes passes = Passes.over("train", Golden.table(5));
  private final Matrix theta = Matrix.column(-3, -2, -4);
  private final Matrix cotangent = Matrix.column(1, -2, 0.5);

  @Test
  void boundsHoldAndAreWithinReach() {
    double[] ratios = new double[TRIALS];
    try (ImplicitSolution exact = function.solve(passes, theta)) {
      Derivative truth = exact.vjp(cotangent);
      Random random = new Random(5);
      for (int k = 0; k < TRIALS; k++) {
        Matrix x = exact.x().plus(random(random, Math.pow(10, -2 - 4 * random.nextDouble())));
        Derivative found = at(x, random(random, 1e-3 * random.nextDouble()));
        try (ImplicitSolution near = function.at(passes, theta, approximate(x))) {
          Certificate certificate = near.certificate(cotangent, found);
          double error = found.value().minus(truth.value()).norm();
          ratios[k] = certificate.derivativeError().orElseThrow() / error;
        }
      }
    }
    Arrays.sort(ratios);
    assertThat(ratios[0]).isGreaterThan(1);
    assertThat(ratios[TRIALS / 2]).isLessThan(30);
  }

  /** The vjp at x with its adjoint moved by {@code error}, and that adjoint's true residual. */
  private Derivative at(Matrix x, Matrix error) {
    try (ImplicitSolution near = function.at(passes, theta, approximate(x))) {
      Solution adjoint = near.adjoint(cotangent, Matrix.zeros(3, 1));
      Matrix moved = adjoint.value().plus(error);
      Matrix hessian = near.inverse(Matrix.identity(3), false).value();
      Matrix inverse =
          LinearSolver.auto(1e-14)
              .prepare(
                  new org.tacit.operator.DenseOperator(
                      hessian, org.tacit.operator.Structure.POSITIVE_DEFINITE))
              .solve(error)
              .value();
      Solution solved =
          new Solution(
              moved,
              Outcome.CONVERGED,
              "moved",
              1,
              inverse.norm(),
              0,
              adjoint.smallestEigenvalue());
      return new Derivative(near.throughTheta(moved), solved, Outcome.CONVERGED);
    }
  }

  private Solution approximate(Matrix x) {
    double residual = function.residualNorm(passes, theta, x);
    return new Solution(
        x, Outcome.CONVERGED, "approximate", 1, residual, 0, OptionalDouble.empty());
  }

  private static Matrix random(Random random, double size) {
    return Matrix.column(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
        .times(size);
  }

  @Test
  void aDerivativeWhoseSolveDidNotConvergeIsNotTrusted() {
    ImplicitFunction hasty =
        ImplicitFunction.of(
            condition,
            Minimiser.newtonPolished(),
            LinearSolver.auto(1e-14),
            Stopping.relative(1e-13, 1));
    try (ImplicitSolution solution = hasty.solve(passes, theta)) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
      Derivative derivative = solution.vjp(cotangent);
      assertThat(solution.certificate(cotangent, derivative).isTrusted()).isFalse();
      org.assertj.core.api.Assertions.assertThatThrownBy(derivative::orThrow)
          .hasMessageContaining("not to be trusted")
          .hasMessageContaining("budget exhausted");
    }
  }
}
