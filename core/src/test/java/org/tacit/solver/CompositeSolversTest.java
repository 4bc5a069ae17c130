package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;

/**
 * How every solver of composite and constrained problems ends, whatever happens, and what it
 * refuses: what it has solved is in {@link SolverLaws}. A new one joins {@link #SOLVERS}.
 */
class CompositeSolversTest {
  private static final Map<String, Solver> SOLVERS =
      Map.of(
          "admm",
          new ConsensusSplitting(),
          "ista",
          new Ista(),
          "fista",
          new Fista(),
          "coordinates",
          new CoordinateDescent(),
          "blocks",
          BlockCoordinateDescent.of(),
          "blocks of 3",
          BlockCoordinateDescent.ofWidth(3),
          "blocks of 4",
          BlockCoordinateDescent.ofWidth(4),
          "proximal newton",
          new ProximalNewton(),
          "mirror",
          new AdaptiveMirrorDescent(),
          "auto",
          new Automatic());

  private static final TableFactory TABLES = TableFactory.inProcess(4);

  static Stream<Solver> solvers() {
    return SOLVERS.values().stream();
  }

  private static SolverProblem suited(Solver solver) {
    boolean isMirror = solver.equals(SOLVERS.get("mirror"));
    boolean hasBlocks = solver.equals(SOLVERS.get("blocks"));
    return SolverTable.problem(
        isMirror ? "simplex by entropy" : hasBlocks ? "blocks with steps" : "lasso");
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anExhaustedBudgetReturnsTheBestPointSoFar(Solver solver) {
    SolverProblem of = suited(solver);
    Problem problem = ConditionPrograms.of(of.condition()).at(of.passes(TABLES, 2), of.theta());
    Solution solution = solver.solve(problem, of.start(), Stopping.relative(1e-15, 1));
    assertThat(solution.outcome())
        .isIn(Outcome.BUDGET_EXHAUSTED, Outcome.STALLED, Outcome.CONVERGED);
    assertThat(solution.iterations()).isLessThanOrEqualTo(1);
    assertThat(solution.residualNorm())
        .isEqualTo(problem.evaluate(solution.value()).residual().norm())
        .isLessThanOrEqualTo(problem.evaluate(of.start()).residual().norm());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aStartThatIsNotFiniteIsSaid(Solver solver) {
    SolverProblem of = suited(solver);
    Problem problem = ConditionPrograms.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
    Matrix infinite = Matrix.filled(of.start().rows(), 1, Double.NaN);
    Solution solution = solver.solve(problem, infinite, Stopping.relative(1e-10, 50));
    assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(solution.value()).isEqualTo(infinite);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolutionAtTheStartCostsNoStep(Solver solver) {
    SolverProblem of = suited(solver);
    Problem problem = ConditionPrograms.of(of.condition()).at(of.passes(TABLES, 2), of.theta());
    Solution solution = solver.solve(problem, of.start(), new Stopping(0, 1e9, 50));
    assertThat(solution.orThrow()).isEqualTo(of.start());
    assertThat(solution.iterations()).isZero();
  }

  @Test
  void severalPointsAreOnePass() {
    SolverProblem of = SolverTable.problem("lasso");
    Passes passes = of.passes(TABLES, 2);
    ConditionPrograms programs = ConditionPrograms.of(of.condition());
    Problem problem = programs.at(passes, of.theta());
    List<Matrix> points = List.of(of.start(), of.start().map(v -> v + 1), of.start().map(v -> 3));
    problem.evaluate(of.start().map(v -> 2));
    long before = passes.ledger().total();
    List<Problem.Evaluated> together = problem.evaluateAll(points);
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    assertThat(problem.composite().orElseThrow().knows(points.get(2))).isTrue();
    Problem other = programs.at(passes, of.theta());
    for (int k = 0; k < points.size(); k++) {
      Matrix alone = other.evaluate(points.get(k)).residual();
      assertThat(together.get(k).residual().minus(alone).norm()).isLessThan(1e-14 * alone.norm());
    }
  }

  /** f is a mean over rows: so is its gradient, over batches by their rows. */
  @Test
  void batchesAverageToTheWhole() {
    SolverProblem of = SolverTable.problem("lasso");
    Passes passes = of.passes(TABLES, 3);
    Problem problem = ConditionPrograms.of(of.condition()).at(passes, of.theta());
    Matrix x = of.start().map(v -> v + 0.5);
    List<Problem> batches = problem.batches(3, 5);
    List<Passes> parts = passes.batches(3, 5);
    Matrix sum = of.start();
    for (int k = 0; k < batches.size(); k++) {
      double share = parts.get(k).table("train").rowCount() / 24.0;
      sum = sum.plus(share, batches.get(k).composite().orElseThrow().at(x).gradient());
    }
    Matrix gradient = problem.composite().orElseThrow().at(x).gradient();
    assertThat(batches).hasSize(3);
    assertThat(sum.minus(gradient).norm()).isLessThan(1e-13 * gradient.norm());
  }

  @Test
  void mapsThatCoupleAreRefused() {
    for (String name : List.of("simplex", "svm dual", "group lasso")) {
      SolverProblem of = SolverTable.problem(name);
      Problem problem = ConditionPrograms.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
      for (Solver solver : List.of(new CoordinateDescent(), BlockCoordinateDescent.ofWidth(2))) {
        assertThatThrownBy(() -> solver.solve(problem, of.start(), Stopping.relative(1e-10, 10)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid proximal map for " + solver.name())
            .hasMessageContaining("couples");
      }
    }
  }

  @Test
  void blocksMustCoverTheUnknowns() {
    SolverProblem of = SolverTable.problem("lasso");
    Problem problem = ConditionPrograms.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
    assertThatThrownBy(
            () ->
                BlockCoordinateDescent.ofWidth(5)
                    .solve(problem, of.start(), Stopping.relative(1e-10, 10)))
        .hasMessageContaining("10 unknowns (must be 12)");
    assertThatThrownBy(() -> BlockCoordinateDescent.ofWidth(0))
        .hasMessageContaining("0 (must be >= 1)");
    assertThatThrownBy(
            () -> new AdaptiveMirrorDescent().solve(problem, of.start(), Stopping.relative(1, 1)))
        .hasMessageContaining("no mirror map (must be a MirrorDescent)");
  }
}
