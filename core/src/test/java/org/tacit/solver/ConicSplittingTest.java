package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.breeze.Eigenvalues;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Cone;
import org.tacit.optimality.ConicResidual;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

class ConicSplittingTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Matrix NO_THETA = Matrix.scalar(0);
  private static final Stopping TIGHT = new Stopping(0, 1e-12, 20_000);

  private static ConicResidual program(Cone cone, Matrix e, Matrix d, Matrix c) {
    return ConicResidual.of(
        cone,
        Parameters.vector(1),
        t -> new ConicResidual.Data(Var.constant(e), Var.constant(d), Var.constant(c)));
  }

  private static Solution solve(ConicResidual condition, Stopping stopping) {
    Problem problem = ReadyCondition.of(condition).at(NONE, NO_THETA);
    Solution solution =
        ConstrainedMinimiser.conicSplitting(condition)
            .solve(problem, Matrix.zeros(condition.unknowns(), 1), stopping);
    assertThat(solution.residualNorm())
        .isEqualTo(problem.evaluate(solution.value()).residual().norm());
    return solution;
  }

  private static Matrix first(Matrix x, int n) {
    return x.transpose().columns(0, n).transpose();
  }

  /** A linear program bounded by a box, against the interior point. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void linearProgramsAgreeWithTheInteriorPoint(int seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(5);
    Matrix g = RandomMatrix.normal(n, n, random);
    Matrix identity = Matrix.identity(n);
    Matrix m = Matrix.beside(List.of(g.transpose(), identity, identity.times(-1))).transpose();
    Matrix h = Matrix.filled(3 * n, 1, 1);
    Matrix c = RandomMatrix.normal(n, 1, random);
    Matrix x = solve(program(Cone.nonNegative(3 * n), m, h, c), TIGHT).orThrow();
    Kkt<Var, Var> kkt =
        Kkt.of(Parameters.vector(n), Parameters.vector(1), (Var z, Var t) -> Var.constant(c).dot(z))
            .withInequalities((z, t) -> Var.constant(m).matmul(z).minus(Var.constant(h)));
    Problem same = ReadyCondition.of(kkt).at(NONE, NO_THETA);
    Solution interior =
        new InteriorPoint()
            .solve(same, Matrix.zeros(kkt.unknowns(), 1), new Stopping(0, 1e-11, 200));
    assertThat(first(x, n).minus(first(interior.orThrow(), n)).maxAbs()).isLessThan(1e-9);
  }

  /** min c'z over |z - b| <= r is at b - r c / |c|. */
  @Test
  void aLinearObjectiveOnABall() {
    Matrix c = Matrix.column(1, -2, 0.5);
    Matrix b = Matrix.column(0.3, 0.2, -1);
    double r = 1.7;
    double[] e = new double[12];
    for (int i = 0; i < 3; i++) {
      e[(i + 1) * 3 + i] = -1;
    }
    Matrix d = Matrix.column(r, -b.at(0), -b.at(1), -b.at(2));
    Solution solution = solve(program(Cone.secondOrder(4), Matrix.adopting(4, 3, e), d, c), TIGHT);
    Matrix expected = b.plus(-r / c.norm(), c);
    assertThat(first(solution.orThrow(), 3).minus(expected).maxAbs()).isLessThan(1e-11);
    assertThat(solution.iterations()).isLessThanOrEqualTo(200);
    assertThat(solution.method()).isEqualTo("conic splitting + newton");
  }

  /** max t with A - t I positive semidefinite gives the smallest eigenvalue. */
  @Test
  void theSmallestEigenvalueAsASemidefiniteProgram() {
    double h = Math.sqrt(2);
    Matrix d = Matrix.column(2, h * 0.5, 3, h * -1, h * 0.25, 1);
    Matrix e = Matrix.column(1, 0, 1, 0, 0, 1);
    Solution solution =
        solve(program(Cone.positiveSemidefinite(3), e, d, Matrix.scalar(-1)), TIGHT);
    Matrix a = Matrix.of(3, 3, 2, 0.5, -1, 0.5, 3, 0.25, -1, 0.25, 1);
    double smallest = Eigenvalues.ofSymmetric(a).at(0);
    assertThat(Math.abs(solution.orThrow().at(0) - smallest)).isLessThan(1e-11);
  }

  /** z >= 1 and z <= 0. */
  @Test
  void infeasibilityIsProved() {
    Solution solution =
        solve(
            program(
                Cone.nonNegative(2), Matrix.column(-1, 1), Matrix.column(-1, 0), Matrix.scalar(1)),
            TIGHT);
    assertThat(solution.outcome()).isEqualTo(Outcome.INFEASIBLE);
    double half = Math.sqrt(0.5);
    assertThat(solution.value().minus(Matrix.column(0, half, half)).maxAbs()).isLessThan(1e-6);
  }

  /** -|t| falls without end in the cone |z| <= t. */
  @Test
  void unboundednessIsProved() {
    Solution solution =
        solve(
            program(
                Cone.secondOrder(2),
                Matrix.identity(2).times(-1),
                Matrix.column(1, 0.3),
                Matrix.column(-1, 0)),
            TIGHT);
    assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
    assertThat(solution.value().at(0)).isGreaterThan(Math.sqrt(0.5) - 1e-6);
    assertThatThrownBy(solution::orThrow).hasMessageContaining("unbounded");
  }

  @Test
  void anExhaustedBudgetIsSaid() {
    ConicResidual lp =
        program(Cone.nonNegative(2), Matrix.column(-1, 1), Matrix.column(3, 4), Matrix.scalar(1));
    Solution solution = solve(lp, new Stopping(0, 1e-15, 1));
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThatThrownBy(() -> new ConicSplitting(0)).hasMessageContaining("0 (must be >= 1)");
  }
}
