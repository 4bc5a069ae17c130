package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.breeze.Factorisation;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.ExplicitFunction;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.Stopping;

/** Solutions that the user's own code found, judged by their residual alone. */
class GivenSolutionTest {
  private static final Matrix A = Matrix.of(2, 2, 3, 1, 1, 2);
  private static final Matrix B = Matrix.column(1, -4);

  /** (A + theta I) x = b. */
  private static final Condition SHIFTED =
      Root.of(
          Parameters.vector(2),
          Parameters.vector(1),
          (x, t) -> Var.constant(A).matmul(x).plus(x.times(t)).minus(Var.constant(B)));

  private static Matrix closedForm(Matrix theta) {
    return Factorisation.lu(A.plus(theta.value(), Matrix.identity(2))).solve(B);
  }

  /** dx/dtheta = -(A + theta I)^-1 x. */
  private static Matrix derivative(Matrix theta) {
    return Factorisation.lu(A.plus(theta.value(), Matrix.identity(2)))
        .solve(closedForm(theta))
        .times(-1);
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(expected.norm()).isGreaterThan(1e-2);
    assertThat(actual.minus(expected).norm()).isLessThan(1e-9 * expected.norm());
  }

  @Test
  void aFunctionOfStartAndThetaIsASolver() {
    List<Matrix> starts = new ArrayList<>();
    ImplicitFunction function =
        ImplicitFunction.of(
            SHIFTED,
            (start, theta) -> {
              starts.add(start);
              return closedForm(theta);
            });
    Matrix theta = Matrix.scalar(0.5);
    Matrix start = Matrix.column(7, 8);
    try (ImplicitSolution solution = function.solve(theta, start)) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.CONVERGED);
      assertClose(solution.jacobian().orThrow(), derivative(theta));
    }
    assertThat(starts).containsExactly(start);
    Matrix jacobian =
        ExplicitFunction.of(t -> function.value(t.times(2))).jacobian(Matrix.scalar(0.25));
    assertClose(jacobian, derivative(theta).times(2));
  }

  @Test
  void aPointFromAnywhereIsASolutionByOneCall() {
    Matrix theta = Matrix.scalar(0.5);
    ImplicitFunction function = ImplicitFunction.of(SHIFTED);
    try (ImplicitSolution solution = function.at(theta, closedForm(theta))) {
      assertClose(solution.jacobian().orThrow(), derivative(theta));
    }
    try (ImplicitSolution off = function.at(theta, closedForm(theta).plus(Matrix.column(0.1, 0)))) {
      assertThat(off.inner().outcome()).isEqualTo(Outcome.STALLED);
      assertThatThrownBy(() -> off.jacobian().orThrow()).hasMessageContaining("not to be trusted");
    }
    assertThatThrownBy(() -> function.at(theta, Matrix.column(1, 2, 3)))
        .hasMessage("Invalid x: 3 x 1 (must be 2 x 1)");
  }

  /** x (x - theta) = 0 at x = theta: the start solves it too, and another root is meant. */
  @Test
  void aRootBesideTheStartsIsKept() {
    Condition two =
        Root.of(Parameters.vector(1), Parameters.vector(1), (x, t) -> x.times(x.minus(t)));
    try (ImplicitSolution solution =
        ImplicitFunction.of(two).at(Matrix.scalar(3), Matrix.scalar(3 * (1 + 1e-16)))) {
      assertThat(solution.x().value()).isEqualTo(3);
      assertThat(solution.jacobian().orThrow().value()).isEqualTo(1);
    }
    ImplicitFunction given = ImplicitFunction.of(two, (start, theta) -> theta);
    try (ImplicitSolution solution = given.solve(Matrix.scalar(3))) {
      assertThat(solution.x().value()).isEqualTo(3);
    }
  }

  /** log x = theta is not defined at the start, and x = exp(theta) is none the worse. */
  @Test
  void aStartOutsideTheDomainSaysNothingOfThePoint() {
    Condition log = Root.of(Parameters.vector(1), Parameters.vector(1), (x, t) -> x.log().minus(t));
    ImplicitFunction given = ImplicitFunction.of(log, (start, theta) -> theta.map(Math::exp));
    try (ImplicitSolution solution = given.solve(Matrix.scalar(-0.7))) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.CONVERGED);
      assertClose(solution.jacobian().orThrow(), Matrix.scalar(Math.exp(-0.7)));
    }
    ImplicitFunction outside = ImplicitFunction.of(log, (start, theta) -> Matrix.scalar(-1));
    assertThat(outside.solve(Matrix.scalar(-0.7)).inner().outcome()).isEqualTo(Outcome.NOT_FINITE);
  }

  /** The same from its own solution, whose residual is rounding: no smaller one is asked for. */
  @Test
  void aWarmStartAsksForNoMore() {
    ImplicitFunction given = ImplicitFunction.of(SHIFTED, (start, theta) -> closedForm(theta));
    for (double theta = 0.1; theta < 20; theta *= 1.3) {
      Matrix t = Matrix.scalar(theta);
      assertThat(given.solve(t, closedForm(t)).inner().outcome()).isEqualTo(Outcome.CONVERGED);
    }
  }

  @Test
  void aBudgetOfOnePassIsKept() {
    Stopping one = Stopping.relative(1e-10, 10).withMaxPasses(1);
    ImplicitFunction given =
        ImplicitFunction.of(SHIFTED, (start, theta) -> Matrix.column(1, 1)).with(one);
    assertThat(given.solve(Matrix.scalar(1)).inner().passes()).isEqualTo(1);
    assertThat(given.solve(Matrix.scalar(1)).inner().outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
  }

  /** What is written on the way to an objective is evaluated beside it, in one pass. */
  @Test
  void auxiliaryValuesComeWithTheObjective() {
    Map<String, Var> auxiliary = new HashMap<>();
    Condition ridge =
        Stationarity.ofStronglyConvex(
            Parameters.vector(2),
            Parameters.vector(1),
            (x, t) -> {
              Var errors = Var.constant(A).matmul(x).minus(Var.constant(B));
              auxiliary.put("errors", errors);
              auxiliary.put("penalty", t.times(x.square().sum()));
              return errors.square().sum().plus(auxiliary.get("penalty"));
            });
    try (ImplicitSolution solution = ImplicitFunction.of(ridge).solve(Matrix.scalar(0.3))) {
      ImplicitSolution.Evaluation found = solution.evaluate(auxiliary);
      Matrix errors = A.times(solution.x()).minus(B);
      double penalty = 0.3 * solution.x().dot(solution.x());
      assertClose(found.auxiliary().get("errors"), errors);
      assertClose(found.auxiliary().get("penalty"), Matrix.scalar(penalty));
      assertClose(
          Matrix.scalar(found.objective().orElseThrow()),
          Matrix.scalar(errors.dot(errors) + penalty));
      assertThat(found.residual().norm()).isLessThan(1e-9);
    }
  }
}
