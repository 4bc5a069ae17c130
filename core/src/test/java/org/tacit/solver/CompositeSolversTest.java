package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;

/**
 * What every solver of composite and constrained problems keeps: its tolerance in few passes, the
 * objective and the derivative of every other solver. A new one joins {@link #SOLVERS} and the
 * table.
 */
class CompositeSolversTest {
  private static final Map<String, Solver> SOLVERS =
      Map.ofEntries(
          Map.entry("admm", new ConsensusSplitting()),
          Map.entry("ista", new Ista()),
          Map.entry("fista", new Fista()),
          Map.entry("coordinates", new CoordinateDescent()),
          Map.entry("blocks", BlockCoordinateDescent.of()),
          Map.entry("blocks of 3", BlockCoordinateDescent.ofWidth(3)),
          Map.entry("blocks of 4", BlockCoordinateDescent.ofWidth(4)),
          Map.entry("proximal newton", new ProximalNewton()),
          Map.entry("mirror", new AdaptiveMirrorDescent()),
          Map.entry("auto", new Automatic()),
          Map.entry("l-bfgs-b", new BoundedLbfgs()),
          Map.entry("owl-qn", new Owlqn()));

  static Stream<Solver> solvers() {
    return SOLVERS.values().stream();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          admm            | lasso               | 1e-12 | 60   | 4
          admm            | wide lasso          | 1e-12 | 230  | 4
          admm            | logistic lasso      | 1e-12 | 750  | 30
          admm            | group lasso         | 1e-12 | 60   | 4
          admm            | simplex             | 1e-12 | 130  | 4
          admm            | svm dual            | 1e-12 | 400  | 8
          ista            | lasso               | 1e-11 | 40   | 42
          ista            | svm dual            | 1e-11 | 1000 | 2002
          ista            | box                 | 1e-11 | 60   | 62
          fista           | lasso               | 1e-11 | 60   | 62
          fista           | simplex             | 1e-11 | 150  | 152
          fista           | svm dual            | 1e-11 | 450  | 900
          coordinates     | lasso               | 1e-12 | 20   | 4
          coordinates     | wide lasso          | 1e-12 | 40   | 4
          coordinates     | logistic lasso      | 1e-12 | 200  | 25
          coordinates     | elastic net         | 1e-12 | 60   | 4
          coordinates     | nnls                | 1e-12 | 40   | 4
          coordinates     | box                 | 1e-12 | 25   | 4
          blocks          | blocks with steps   | 1e-12 | 40   | 6
          blocks of 4     | group lasso         | 1e-12 | 40   | 4
          blocks of 3     | svm dual            | 1e-12 | 450  | 8
          blocks          | simplex             | 1e-12 | 300  | 4
          proximal newton | lasso               | 1e-12 | 1    | 4
          proximal newton | wide lasso          | 1e-12 | 1    | 4
          proximal newton | logistic lasso      | 1e-12 | 8    | 25
          proximal newton | elastic net         | 1e-12 | 1    | 4
          proximal newton | nnls                | 1e-12 | 1    | 4
          proximal newton | box                 | 1e-12 | 1    | 4
          proximal newton | group lasso         | 1e-12 | 2    | 7
          proximal newton | blocks with steps   | 1e-12 | 2    | 6
          proximal newton | simplex             | 1e-12 | 2    | 7
          proximal newton | svm dual            | 1e-12 | 2    | 12
          mirror          | simplex by entropy  | 1e-10 | 2000 | 2002
          mirror          | svm dual by entropy | 1e-10 | 5000 | 10002
          l-bfgs-b        | nnls                | 1e-12 | 12   | 17
          l-bfgs-b        | box                 | 1e-12 | 12   | 17
          l-bfgs-b        | logistic box        | 1e-12 | 12   | 22
          l-bfgs-b        | wide box            | 1e-12 | 16   | 21
          owl-qn          | lasso               | 1e-12 | 16   | 28
          owl-qn          | wide lasso          | 1e-12 | 32   | 46
          owl-qn          | logistic lasso      | 1e-12 | 17   | 32
          owl-qn          | elastic net         | 1e-12 | 14   | 23
          auto            | lasso               | 1e-12 | 1    | 4
          auto            | svm dual            | 1e-12 | 2    | 12
          auto            | simplex by entropy  | 1e-10 | 2000 | 2002
          """)
  void reachesItsToleranceInFewPasses(
      String solver, String name, double tolerance, int mostIterations, int mostPasses) {
    CompositeCatalogue.Case of = CompositeCatalogue.of(name);
    for (int partitions : new int[] {1, 3}) {
      Passes passes = CompositeCatalogue.passes(partitions);
      Problem problem = ConditionPrograms.of(of.condition()).at(passes, of.theta());
      long before = passes.ledger().total();
      Solution solution =
          SOLVERS.get(solver).solve(problem, of.start(), Stopping.relative(tolerance, 5000));
      long taken = passes.ledger().total() - before;
      Matrix x = solution.orThrow();
      assertThat(
              ConditionPrograms.of(of.condition())
                  .at(passes, of.theta())
                  .evaluate(x)
                  .residual()
                  .norm())
          .isEqualTo(solution.residualNorm())
          .isLessThanOrEqualTo(tolerance * problem.evaluate(of.start()).residual().norm());
      assertThat(solution.iterations()).as("iterations").isLessThanOrEqualTo(mostIterations);
      assertThat(taken).as("passes").isLessThanOrEqualTo(mostPasses);
      assertCounted(name, solution, taken);
      assertThat(solution.history()).hasSize(solution.iterations());
      assertThat(solution.history()).contains(solution.residualNorm());
      assertAgrees(name, passes, solution, Math.max(1e-8, 1000 * tolerance));
    }
  }

  /**
   * A pass of the solver is one of the table, or two where sums depend on sums; the first may take
   * one more, for sums that do not depend on x.
   */
  private static void assertCounted(String name, Solution solution, long taken) {
    boolean isDeep = name.startsWith("svm dual") || name.startsWith("logistic");
    long counted = (solution.passes() + 1) * (isDeep ? 2L : 1L);
    assertThat(counted)
        .as("counted passes")
        .isBetween(taken, 2 * taken + solution.iterations() / 4);
  }

  /**
   * Objective and derivative, through every fixed point of the problem, are those of {@link
   * ProximalNewton}.
   */
  private static void assertAgrees(
      String name, Passes passes, Solution solution, double tolerance) {
    CompositeCatalogue.Case plain = CompositeCatalogue.fixedPointsOf(name).get(0);
    ImplicitFunction function = function(plain, new ProximalNewton());
    try (ImplicitSolution reference = function.solve(passes, plain.theta(), plain.start())) {
      Matrix x = reference.inner().orThrow();
      double least = objective(plain, passes, x);
      assertThat(objective(plain, passes, solution.value()) - least)
          .isBetween(-1e-9 * Math.abs(least), 1e-9 * Math.abs(least));
      Matrix expected = reference.jacobian().orThrow();
      assertThat(expected.maxAbs()).isGreaterThan(1e-3);
      for (CompositeCatalogue.Case through : CompositeCatalogue.fixedPointsOf(name)) {
        try (ImplicitSolution same =
            function(through, new Picard()).at(passes, through.theta(), solution)) {
          assertThat(same.jacobian().orThrow().minus(expected).maxAbs())
              .isLessThan(tolerance * expected.maxAbs());
        }
      }
    }
  }

  private static ImplicitFunction function(CompositeCatalogue.Case of, Solver solver) {
    return ImplicitFunction.of(
        of.condition(), solver, Auto.of(1e-11), Stopping.relative(1e-13, 5000));
  }

  private static double objective(CompositeCatalogue.Case of, Passes passes, Matrix x) {
    Problem problem = ConditionPrograms.of(of.condition()).at(passes, of.theta());
    return problem.composite().orElseThrow().at(x).smooth()
        + of.penalty().applyAsDouble(x, of.theta());
  }

  /** The derivative that all solvers are held to is that of solving again, to fourth order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lasso",
        "wide lasso",
        "logistic lasso",
        "elastic net",
        "group lasso",
        "blocks with steps",
        "nnls",
        "box",
        "logistic box",
        "wide box",
        "simplex",
        "svm dual"
      })
  void theirDerivativeIsThatOfSolvingAgain(String name) {
    CompositeCatalogue.Case of = CompositeCatalogue.of(name);
    Passes passes = CompositeCatalogue.passes(2);
    ImplicitFunction function = function(of, new ProximalNewton());
    double h = 2e-4;
    int[] places = {-2, -1, 1, 2};
    double[] weights = {1, -8, 8, -1};
    try (ImplicitSolution solution = function.solve(passes, of.theta(), of.start())) {
      Matrix jacobian = solution.jacobian().orThrow();
      for (int j = 0; j < of.theta().rows(); j++) {
        Matrix direction = Matrix.identity(of.theta().rows()).columnAt(j);
        Matrix difference = Matrix.zeros(of.start().rows(), 1);
        for (int k = 0; k < places.length; k++) {
          Matrix moved = of.theta().plus(places[k] * h, direction);
          try (ImplicitSolution there = function.solve(passes, moved, of.start())) {
            difference = difference.plus(weights[k] / (12 * h), there.inner().orThrow());
          }
        }
        assertThat(jacobian.columnAt(j).minus(difference).maxAbs())
            .isLessThan(1e-7 * jacobian.maxAbs());
      }
    }
  }

  private static CompositeCatalogue.Case suited(Solver solver) {
    boolean isMirror = solver.equals(SOLVERS.get("mirror"));
    boolean hasBlocks = solver.equals(SOLVERS.get("blocks"));
    boolean isBounded = solver.equals(SOLVERS.get("l-bfgs-b"));
    return CompositeCatalogue.of(
        isMirror
            ? "simplex by entropy"
            : hasBlocks ? "blocks with steps" : isBounded ? "logistic box" : "lasso");
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anExhaustedBudgetReturnsTheBestPointSoFar(Solver solver) {
    CompositeCatalogue.Case of = suited(solver);
    Problem problem =
        ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(2), of.theta());
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
    CompositeCatalogue.Case of = suited(solver);
    Problem problem =
        ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(1), of.theta());
    Matrix infinite = Matrix.filled(of.start().rows(), 1, Double.NaN);
    Solution solution = solver.solve(problem, infinite, Stopping.relative(1e-10, 50));
    assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(solution.value()).isEqualTo(infinite);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolutionAtTheStartCostsNoStep(Solver solver) {
    CompositeCatalogue.Case of = suited(solver);
    Problem problem =
        ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(2), of.theta());
    Solution solution = solver.solve(problem, of.start(), new Stopping(0, 1e9, 50));
    assertThat(solution.orThrow()).isEqualTo(of.start());
    assertThat(solution.iterations()).isZero();
  }

  @Test
  void severalPointsAreOnePass() {
    CompositeCatalogue.Case of = CompositeCatalogue.of("lasso");
    Passes passes = CompositeCatalogue.passes(2);
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

  @Test
  void severalPointsOfAMirrorProblemAreOnePass() {
    CompositeCatalogue.Case of = CompositeCatalogue.of("simplex by entropy");
    Passes passes = CompositeCatalogue.passes(2);
    ConditionPrograms programs = ConditionPrograms.of(of.condition());
    Problem problem = programs.at(passes, of.theta());
    Matrix other = of.start().map(v -> v * v);
    problem.evaluate(of.start());
    long before = passes.ledger().total();
    List<Problem.Evaluated> together = problem.evaluateAll(List.of(of.start(), other));
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    for (int k = 0; k < 2; k++) {
      Matrix alone = problem.evaluate(k == 0 ? of.start() : other).residual();
      assertThat(together.get(k).residual().minus(alone).norm()).isLessThan(1e-14 * alone.norm());
    }
    assertThat(problem.rows()).isEqualTo(24);
    List<Problem> batches = problem.batches(3, 5);
    List<Passes> parts = passes.batches(3, 5);
    Matrix sum = Matrix.zeros(other.rows(), 1);
    for (int k = 0; k < batches.size(); k++) {
      double share = parts.get(k).table("train").rowCount() / 24.0;
      sum = sum.plus(share, batches.get(k).mirror().orElseThrow().at(other).gradient());
    }
    Matrix gradient = problem.mirror().orElseThrow().at(other).gradient();
    assertThat(batches).hasSize(3);
    assertThat(sum.minus(gradient).norm()).isLessThan(1e-13 * gradient.norm());
    Matrix whole = problem.wholeJacobian(other).orElseThrow().matrix();
    try (var products = problem.jacobian(other)) {
      Matrix each = products.apply(Matrix.identity(other.rows()));
      assertThat(whole.minus(each).norm()).isLessThan(1e-13 * each.norm());
    }
  }

  /** f is a mean over rows: so is its gradient, over batches by their rows. */
  @Test
  void batchesAverageToTheWhole() {
    CompositeCatalogue.Case of = CompositeCatalogue.of("lasso");
    Passes passes = CompositeCatalogue.passes(3);
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

  /** Sweeps over coordinates share nothing with quasi-Newton steps and their polish. */
  @ParameterizedTest
  @CsvSource({
    "l-bfgs-b, nnls",
    "l-bfgs-b, box",
    "l-bfgs-b, logistic box",
    "l-bfgs-b, wide box",
    "owl-qn, lasso",
    "owl-qn, wide lasso",
    "owl-qn, logistic lasso",
    "owl-qn, elastic net"
  })
  void quasiNewtonSolutionsAreThoseOfCoordinateDescent(String solver, String name) {
    CompositeCatalogue.Case of = CompositeCatalogue.of(name);
    Passes passes = CompositeCatalogue.passes(2);
    ConditionPrograms programs = ConditionPrograms.of(of.condition());
    Stopping tight = Stopping.relative(1e-13, 5000);
    Matrix expected =
        new CoordinateDescent().solve(programs.at(passes, of.theta()), of.start(), tight).orThrow();
    Matrix far = of.start().map(v -> 5 - v);
    for (Matrix start : List.of(of.start(), far)) {
      Matrix x = SOLVERS.get(solver).solve(programs.at(passes, of.theta()), start, tight).orThrow();
      assertThat(x.minus(expected).maxAbs()).isLessThan(1e-9 * expected.maxAbs());
    }
    long held =
        IntStream.range(0, expected.rows())
            .filter(j -> isHeld(of.theta(), solver, expected.at(j)))
            .count();
    assertThat(held).isBetween(1L, expected.rows() - 1L);
  }

  private static boolean isHeld(Matrix theta, String solver, double x) {
    boolean isBox = solver.equals("l-bfgs-b") && theta.rows() == 2;
    double gap = isBox ? Math.min(x - theta.at(0), theta.at(1) - x) : x;
    return Math.abs(gap) < 1e-14;
  }

  /** Nothing is asked for outside of the bounds, where f may not be defined. */
  @Test
  void boundsAreKeptAllTheWay() {
    CompositeCatalogue.Case of = CompositeCatalogue.of("wide box");
    Problem problem =
        ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(1), of.theta());
    Stopping stopping =
        Stopping.relative(1e-4, 100)
            .withListener(
                at -> {
                  for (double v : at.x().toArray()) {
                    assertThat(v).isBetween(of.theta().at(0), of.theta().at(1));
                  }
                });
    assertThat(new BoundedLbfgs().solve(problem, of.start(), stopping).orThrow().maxAbs())
        .isEqualTo(0.08);
  }

  @Test
  void quasiNewtonMethodsRefuseOtherPenalties() {
    for (String name : List.of("simplex", "group lasso", "svm dual", "nnls", "lasso")) {
      CompositeCatalogue.Case of = CompositeCatalogue.of(name);
      Problem problem =
          ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(1), of.theta());
      if (!name.equals("nnls")) {
        assertThatThrownBy(
                () -> new BoundedLbfgs().solve(problem, of.start(), Stopping.relative(1e-6, 9)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid proximal map for l-bfgs-b + newton")
            .hasMessageContaining("no projection on a box (must be")
            .hasMessageContaining("proximal newton takes any");
      }
      if (!name.equals("lasso")) {
        assertThatThrownBy(() -> new Owlqn().solve(problem, of.start(), Stopping.relative(1e-6, 9)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid proximal map for owl-qn + newton")
            .hasMessageContaining("no soft thresholding (must be");
      }
    }
  }

  @Test
  void mapsThatCoupleAreRefused() {
    for (String name : List.of("simplex", "svm dual", "group lasso")) {
      CompositeCatalogue.Case of = CompositeCatalogue.of(name);
      Problem problem =
          ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(1), of.theta());
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
    CompositeCatalogue.Case of = CompositeCatalogue.of("lasso");
    Problem problem =
        ConditionPrograms.of(of.condition()).at(CompositeCatalogue.passes(1), of.theta());
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
