package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.LeastSquares;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** Gauss-Newton and Levenberg-Marquardt beside what {@link SolverLaws} says of them. */
class LeastSquaresSolversTest {
  static final Schema KINETICS =
      Schema.of(
          new Schema.Field("concentration", 1, Storage.DENSE),
          new Schema.Field("rate", 1, Storage.DENSE));
  private static final Matrix MEASURED =
      Matrix.of(
          7, 2, 0.038, 0.05, 0.194, 0.127, 0.425, 0.094, 0.626, 0.2122, 1.253, 0.2729, 2.5, 0.2665,
          3.74, 0.3317);
  private static final Matrix NO_THETA = Matrix.column(0);

  /** r = c_0 x / (c_1 + x) - y + theta, one error a row. */
  static Condition kinetics() {
    Rows rows = new Rows("enzyme", KINETICS);
    Var x = rows.column("concentration");
    Var y = rows.column("rate");
    return LeastSquares.of(
        Parameters.vector(2),
        Parameters.vector(1),
        (c, theta) ->
            c.slice(Side.ROWS, 0, 1)
                .times(x)
                .divide(c.slice(Side.ROWS, 1, 2).plus(x))
                .minus(y)
                .plus(theta));
  }

  static Passes enzyme(int partitions) {
    return Passes.over("enzyme", InProcessTable.of(KINETICS, MEASURED, partitions, 2));
  }

  static Stream<Solver> solvers() {
    return Stream.of(Minimiser.gaussNewton(), Minimiser.levenbergMarquardt());
  }

  @Test
  void theProductIsThatOfTheErrorsJacobian() {
    double h = 1e-6;
    Matrix c = Matrix.column(0.4, 0.7);
    Problem problem = ReadyCondition.of(kinetics()).at(enzyme(3), NO_THETA);
    double[] jacobian = new double[14];
    for (int i = 0; i < 7; i++) {
      double x = MEASURED.at(i, 0);
      for (int j = 0; j < 2; j++) {
        double up = (c.at(0) + (j == 0 ? h : 0)) * x / (c.at(1) + (j == 1 ? h : 0) + x);
        double down = (c.at(0) - (j == 0 ? h : 0)) * x / (c.at(1) - (j == 1 ? h : 0) + x);
        jacobian[2 * i + j] = (up - down) / (2 * h);
      }
    }
    Matrix expected = Matrix.of(7, 2, jacobian);
    try (var products = problem.as(Problem.Squares.class).orElseThrow().products().apply(c)) {
      Matrix found = products.apply(Matrix.identity(2));
      assertThat(found.minus(expected.transpose().times(expected)).maxAbs()).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void manyUnknownsAreSolvedByProducts(Solver solver) {
    int n = 300;
    Matrix target = RandomMatrix.normal(n, 1, new Random(8));
    Condition cubes =
        LeastSquares.of(
            Parameters.vector(n),
            Parameters.vector(1),
            (x, theta) ->
                x.plus(x.square().times(x).times(0.1)).minus(Var.constant(target)).plus(theta));
    Problem problem = ReadyCondition.of(cubes).at(Passes.over(Map.of()), NO_THETA);
    Solution solution = solver.solve(problem, Matrix.zeros(n, 1), Stopping.relative(1e-9, 100));
    Matrix x = solution.orThrow();
    Matrix errors = x.with(target, (v, t) -> v + 0.1 * v * v * v - t);
    assertThat(errors.norm()).isLessThan(1e-7);
    assertThat(solution.iterations()).isLessThan(15);
    assertThat(solution.passes()).isLessThan(150);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aDependentColumnIsNoObstacle(Solver solver) {
    Condition twice =
        LeastSquares.of(
            Parameters.vector(2), Parameters.vector(1), (x, theta) -> x.sum().exp().minus(theta));
    Problem problem = ReadyCondition.of(twice).at(Passes.over(Map.of()), Matrix.column(3));
    Solution solution = solver.solve(problem, Matrix.column(0, 0.5), Stopping.relative(1e-9, 100));
    Matrix x = solution.orThrow();
    assertThat(x.at(0) + x.at(1)).isCloseTo(Math.log(3), within(1e-8));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void budgetsHold(Solver solver) {
    for (int most = 1; most < 8; most++) {
      Passes passes = enzyme(1);
      Problem problem = ReadyCondition.of(kinetics()).at(passes, NO_THETA);
      Solution solution =
          solver.solve(
              problem, Matrix.column(0.9, 0.2), Stopping.relative(1e-12, 50).withMaxPasses(most));
      assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
      assertThat(passes.ledger().total()).isLessThanOrEqualTo(most);
      assertThat(solution.history()).hasSize(solution.iterations());
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void askForSquares(Solver solver) {
    ProblemCatalogue.Case of = ProblemCatalogue.of("rosenbrock");
    assertThatThrownBy(
            () -> solver.solve(of.problem().get(), of.start(), Stopping.relative(1e-6, 10)))
        .hasMessage(
            "Invalid condition for " + solver.name() + ": no squares (must be a LeastSquares)");
    assertThatThrownBy(() -> Minimiser.levenbergMarquardt(0))
        .hasMessage("Invalid damping: 0.0 (must be > 0)");
  }
}
