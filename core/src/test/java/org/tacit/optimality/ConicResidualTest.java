package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacit.optimality.Solved.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.solver.ConstrainedMinimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

class ConicResidualTest {
  private static ImplicitFunction newton(ConicResidual conic) {
    return Solved.function(conic, RootFinder.newton());
  }

  /** Near the solution, by splitting. */
  private static Matrix near(ConicResidual conic, Matrix theta) {
    ImplicitFunction function =
        ImplicitFunction.of(
            conic.asFixedPoint(),
            RootFinder.picard(),
            LinearSolver.auto(1e-12),
            new Stopping(0, 1e-9, 100_000));
    try (ImplicitSolution solution = function.solve(Solved.NO_TABLES, theta)) {
      return solution.inner().orThrow();
    }
  }

  private static Solved solved(ConicResidual conic, Matrix theta) {
    return Solved.againstDifferences(newton(conic), Solved.NO_TABLES, theta, near(conic, theta));
  }

  private static Matrix value(Var part, Matrix x) {
    return OnDriver.value(part, Map.of("x", x));
  }

  private static Matrix firstRows(Matrix x, int n) {
    return x.transpose().columns(0, n).transpose();
  }

  /** The data of a linear program with 3 unknowns, a bound on their sum and x >= 0. */
  record Linear(Var matrix, Var right, Var cost) {}

  private static final Parameters<Linear> LINEAR =
      Parameters.of(Linear.class, Shape.of(5, 3), Shape.of(5, 1), Shape.of(3, 1));

  private static final Matrix LINEAR_DATA =
      LINEAR.pack(
          Matrix.of(5, 3, 1, 1.1, 0.9, 0.3, 1, -0.4, -1, 0, 0, 0, -1, 0, 0, 0, -1),
          Matrix.column(2, 1, 0, 0, 0),
          Matrix.column(-1, -1.3, -0.6));

  @Test
  void aLinearProgramIsThatOfItsKktEquations() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.nonNegative(5),
            LINEAR,
            t -> new ConicResidual.Data(t.matrix(), t.right(), t.cost()));
    Solved byCone = solved(conic, LINEAR_DATA);
    Kkt<Var, Linear> kkt =
        Kkt.of(Parameters.vector(3), LINEAR, (Var z, Linear t) -> t.cost().dot(z))
            .withInequalities((z, t) -> t.matrix().matmul(z).minus(t.right()));
    Solved byKkt =
        Solved.of(
            Solved.function(kkt, ConstrainedMinimiser.interiorPoint()),
            Solved.NO_TABLES,
            LINEAR_DATA,
            Matrix.zeros(8, 1));
    KktRegularity.of(kkt, Solved.NO_TABLES, LINEAR_DATA, byKkt.x()).orThrow();
    Matrix z = kkt.primal(byKkt.x()).get(0);
    assertThat(Arrays.stream(z.toArray())).anyMatch(v -> v > 0.1).anyMatch(v -> v < 1e-9);
    assertClose("z", value(conic.primal(conic.x()), byCone.x()), z, 1e-10);
    assertClose(
        "y", value(conic.dual(conic.x()), byCone.x()), kkt.inequalityMultipliers(byKkt.x()), 1e-10);
    assertClose("dz", firstRows(byCone.jacobian(), 3), firstRows(byKkt.jacobian(), 3), 1e-8);
  }

  /** The full embedding, at (z, v, 1), vanishes where its slice does. */
  @Test
  void theEquationOfTheGapFollows() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.nonNegative(5),
            LINEAR,
            t -> new ConicResidual.Data(t.matrix(), t.right(), t.cost()));
    Matrix x = near(conic, LINEAR_DATA);
    Matrix y = value(conic.dual(conic.x()), x);
    Matrix s = value(conic.slack(conic.x()), x);
    double cost = LINEAR.unpack(LINEAR_DATA).get(2).dot(firstRows(x, 3));
    double dualCost = LINEAR.unpack(LINEAR_DATA).get(1).dot(y);
    assertThat(Math.abs(cost + dualCost)).isLessThan(1e-7);
    assertThat(Math.abs(cost)).isGreaterThan(0.1);
    assertThat(y.dot(s)).isZero();
  }

  /** ((M - I) Pi + I)(z, v, w), whose solutions scale, in the data of a linear program. */
  private static Var homogeneous(Var x, Linear t) {
    Var z = x.slice(Side.ROWS, 0, 3);
    Var v = x.slice(Side.ROWS, 3, 8);
    Var w = x.slice(Side.ROWS, 8, 9);
    Var zero = Var.constant(0);
    Var y = v.max(zero);
    Var scale = w.max(zero);
    return Var.concatenate(
        Side.ROWS,
        t.matrix().transpose().matmul(y).plus(t.cost().times(scale)),
        t.right().times(scale).minus(t.matrix().matmul(z)).minus(y).plus(v),
        t.cost().dot(z).plus(t.right().dot(y)).negate().minus(scale).plus(w));
  }

  @Test
  void theSliceIsTheEmbeddingInTheLeastSquaresSense() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.nonNegative(5),
            LINEAR,
            t -> new ConicResidual.Data(t.matrix(), t.right(), t.cost()));
    Solved slice =
        Solved.of(newton(conic), Solved.NO_TABLES, LINEAR_DATA, near(conic, LINEAR_DATA));
    Condition embedding = Root.of(Parameters.vector(9), LINEAR, ConicResidualTest::homogeneous);
    ImplicitFunction function = Solved.function(embedding, RootFinder.newton());
    Matrix x = Matrix.beside(List.of(slice.x().transpose(), Matrix.scalar(1))).transpose();
    double residual = function.residualNorm(Solved.NO_TABLES, LINEAR_DATA, x);
    assertThat(residual).isLessThan(1e-12);
    Solution found =
        new Solution(x, Outcome.CONVERGED, "given", 0, residual, residual, OptionalDouble.empty());
    SolutionMap normalised =
        SolutionMap.of(
            function, (v, t) -> v.slice(Side.ROWS, 0, 8).divide(v.slice(Side.ROWS, 8, 9)));
    try (ImplicitSolution solution = function.at(Solved.NO_TABLES, LINEAR_DATA, found)) {
      var derivative = normalised.jacobian(solution);
      assertThat(derivative.outcome()).isEqualTo(Outcome.SINGULAR);
      assertClose("d(z, v)", derivative.value(), slice.jacobian(), 1e-9);
    }
  }

  /** min c'z subject to |F z + g| <= d'z + e, in theta = (c, g, e). */
  @Test
  void aSecondOrderConeProgramIsThatOfItsKktEquations() {
    Var f = Var.constant(RandomMatrix.normal(5, 3, new Random(8)));
    Var d = Var.constant(Matrix.of(1, 3, 0.1, -0.2, 0.05));
    Parameters<Var> parameters = Parameters.vector(9);
    ConicResidual conic =
        ConicResidual.of(
            Cone.secondOrder(6),
            parameters,
            t ->
                new ConicResidual.Data(
                    Var.concatenate(Side.ROWS, d, f).negate(),
                    Var.concatenate(Side.ROWS, t.slice(Side.ROWS, 8, 9), t.slice(Side.ROWS, 3, 8)),
                    t.slice(Side.ROWS, 0, 3)));
    Kkt<Var, Var> kkt =
        Kkt.of(Parameters.vector(3), parameters, (Var z, Var t) -> t.slice(Side.ROWS, 0, 3).dot(z))
            .withInequalities(
                (z, t) ->
                    f.matmul(z)
                        .plus(t.slice(Side.ROWS, 3, 8))
                        .square()
                        .sum()
                        .sqrt()
                        .minus(d.matmul(z))
                        .minus(t.slice(Side.ROWS, 8, 9)));
    Matrix theta = Matrix.column(1, -0.5, 0.3, 0.2, -0.1, 0.3, 0.1, 0.2, 2);
    Solved byCone = solved(conic, theta);
    Solved byKkt =
        Solved.of(
            Solved.function(kkt, ConstrainedMinimiser.interiorPoint()),
            Solved.NO_TABLES,
            theta,
            Matrix.zeros(4, 1));
    assertClose("z", firstRows(byCone.x(), 3), firstRows(byKkt.x(), 3), 1e-10);
    assertClose("dz", firstRows(byCone.jacobian(), 3), firstRows(byKkt.jacobian(), 3), 1e-8);
  }

  /** min t subject to t I - A positive semidefinite: the largest eigenvalue, gradient q q'. */
  @Test
  void aSemidefiniteProgramIsTheLargestEigenvalue() {
    double root = Math.sqrt(2);
    ConicResidual conic =
        ConicResidual.of(
            Cone.positiveSemidefinite(2),
            Parameters.vector(3),
            a ->
                new ConicResidual.Data(
                    Var.constant(Matrix.column(-1, 0, -1)), a.negate(), Var.constant(1)));
    // A = [[2, 1], [1, -1]], off-diagonal elements times sqrt(2).
    Matrix theta = Matrix.column(2, root, -1);
    Solved solved = solved(conic, theta);
    double largest = 0.5 + Math.sqrt(1.5 * 1.5 + 1);
    assertClose("eigenvalue", firstRows(solved.x(), 1), Matrix.scalar(largest), 1e-11);
    double q0 = 1 / Math.hypot(1, largest - 2);
    double q1 = (largest - 2) * q0;
    assertClose(
        "gradient",
        firstRows(solved.jacobian(), 1),
        Matrix.of(1, 3, q0 * q0, root * q0 * q1, q1 * q1),
        1e-10);
  }

  /**
   * min sum u, u_i >= exp(x_i - t), sum u <= 1, as min t: the logarithm of the sum of exponentials.
   */
  @Test
  void anExponentialProgramIsLogSumExp() {
    // z = (t, u1, u2); (theta_i - t, 1, u_i) in the cone, 1 - u1 - u2 >= 0.
    Matrix e = Matrix.of(7, 3, 1, 0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 0, -1, 0, 1, 1);
    Matrix place = Matrix.of(7, 2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    ConicResidual conic =
        ConicResidual.of(
            Cone.product(Cone.exponential(), Cone.exponential(), Cone.nonNegative(1)),
            Parameters.vector(2),
            t ->
                new ConicResidual.Data(
                    Var.constant(e),
                    Var.constant(place)
                        .matmul(t)
                        .plus(Var.constant(Matrix.column(0, 1, 0, 0, 1, 0, 1))),
                    Var.constant(Matrix.column(1, 0, 0))));
    Matrix theta = Matrix.column(0.4, -0.3);
    Solved solved = solved(conic, theta);
    double total = Math.exp(0.4) + Math.exp(-0.3);
    assertClose("t", firstRows(solved.x(), 1), Matrix.scalar(Math.log(total)), 1e-10);
    assertClose(
        "softmax",
        firstRows(solved.jacobian(), 1),
        Matrix.of(1, 2, Math.exp(0.4) / total, Math.exp(-0.3) / total),
        1e-9);
  }

  /** Equalities by the zero cone, z1 + z2 = theta with z >= 0, and the parts by name. */
  @Test
  void equalitiesAndTheirMultipliers() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.product(Cone.zero(1), Cone.nonNegative(2)),
            Parameters.vector(1),
            t ->
                new ConicResidual.Data(
                    Var.constant(Matrix.of(3, 2, 1, 1, -1, 0, 0, -1)),
                    Var.concatenate(Side.ROWS, t, Var.zero(Shape.of(2, 1))),
                    Var.constant(Matrix.column(1, 3))));
    Matrix theta = Matrix.scalar(2);
    ImplicitFunction function = newton(conic);
    SolutionMap all =
        SolutionMap.of(
            function,
            (x, t) -> Var.concatenate(Side.ROWS, conic.primal(x), conic.slack(x), conic.dual(x)));
    try (ImplicitSolution solution = function.solve(Solved.NO_TABLES, theta, near(conic, theta))) {
      solution.inner().orThrow();
      assertClose("z, s, y", all.value(solution), Matrix.column(2, 0, 0, 2, 0, -1, 0, 2), 1e-11);
      assertClose(
          "in theta",
          all.jacobian(solution).orThrow(),
          Matrix.column(1, 0, 0, 1, 0, 0, 0, 0),
          1e-11);
    }
  }

  /** Costs that tie leave the minimiser free: A is singular. */
  @Test
  void aTieIsAnnounced() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.product(Cone.zero(1), Cone.nonNegative(2)),
            Parameters.vector(2),
            c ->
                new ConicResidual.Data(
                    Var.constant(Matrix.of(3, 2, 1, 1, -1, 0, 0, -1)),
                    Var.constant(Matrix.column(1, 0, 0)),
                    c));
    Matrix x = Matrix.column(0.5, 0.5, -1, -0.5, -0.5);
    ImplicitFunction function = newton(conic);
    Matrix theta = Matrix.column(1, 1);
    assertThat(function.residualNorm(Solved.NO_TABLES, theta, x)).isZero();
    Solution found = new Solution(x, Outcome.CONVERGED, "given", 0, 0, 0, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(Solved.NO_TABLES, theta, found)) {
      assertThat(solution.jacobian().outcome()).isEqualTo(Outcome.SINGULAR);
    }
  }

  @Test
  void anInfeasibleProgramDoesNotConverge() {
    ConicResidual conic =
        ConicResidual.of(
            Cone.nonNegative(2),
            Parameters.vector(1),
            t ->
                new ConicResidual.Data(
                    Var.constant(Matrix.column(1, -1)), Var.constant(Matrix.column(-1, -1)), t));
    ImplicitFunction function =
        ImplicitFunction.of(
            conic.asFixedPoint(),
            RootFinder.picard(),
            LinearSolver.auto(1e-12),
            new Stopping(0, 1e-9, 2_000));
    try (ImplicitSolution solution = function.solve(Solved.NO_TABLES, Matrix.scalar(1))) {
      assertThat(solution.inner().outcome()).isIn(Outcome.STALLED, Outcome.BUDGET_EXHAUSTED);
    }
  }

  @Test
  void shapesAreChecked() {
    Parameters<Var> one = Parameters.vector(1);
    Var three = Var.constant(Matrix.column(1, 2, 3));
    assertThatThrownBy(
            () -> ConicResidual.of(Cone.zero(2), one, t -> new ConicResidual.Data(three, three, t)))
        .hasMessage("Invalid conic program: E has 3 rows (must be 2, the size of the cone)");
    assertThatThrownBy(() -> new ConicResidual.Data(three, three, three))
        .hasMessageContaining("E is 3 x 1, d 3 x 1, c 3 x 1 (must be m x p, m x 1 and p x 1");
    assertThatThrownBy(() -> Cone.secondOrder(1))
        .hasMessage("Invalid size of a second-order cone: 1 (must be >= 2)");
    assertThatThrownBy(() -> Cone.positiveSemidefinite(0))
        .hasMessage("Invalid order of a matrix: 0 (must be >= 1)");
    assertThatThrownBy(() -> Cone.zero(0)).hasMessage("Invalid size of a cone: 0 (must be >= 1)");
  }
}
