package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;

/**
 * How every solver of composite and constrained problems ends, whatever happens, and what it
 * refuses: what it has solved is in {@link SolverLaws}. A new one joins {@link #SOLVERS}.
 */
class CompositeSolversTest {
  private static final Map<String, Solver> SOLVERS =
      Map.ofEntries(
          Map.entry("admm", CompositeMinimiser.consensusSplitting()),
          Map.entry("ista", CompositeMinimiser.ista()),
          Map.entry("fista", CompositeMinimiser.fista()),
          Map.entry("coordinates", CompositeMinimiser.coordinateDescent()),
          Map.entry("blocks", CompositeMinimiser.blockCoordinateDescent()),
          Map.entry("blocks of 3", CompositeMinimiser.blockCoordinateDescent(3)),
          Map.entry("blocks of 4", CompositeMinimiser.blockCoordinateDescent(4)),
          Map.entry("proximal newton", CompositeMinimiser.proximalNewton()),
          Map.entry(
              "chords",
              CompositeMinimiser.chords(
                  Matrix.identity(SolverTable.problem("lasso").start().rows()))),
          Map.entry("mirror", CompositeMinimiser.mirrorDescent()),
          Map.entry("auto", new Automatic()),
          Map.entry("l-bfgs-b", CompositeMinimiser.boundedLbfgs()),
          Map.entry("owl-qn", CompositeMinimiser.owlqn()));

  private static final TableFactory TABLES = TableFactory.inProcess(4);

  static Stream<Solver> solvers() {
    return SOLVERS.values().stream();
  }

  private static SolverProblem suited(Solver solver) {
    boolean isMirror = solver.equals(SOLVERS.get("mirror"));
    boolean hasBlocks = solver.equals(SOLVERS.get("blocks"));
    boolean isBounded = solver.equals(SOLVERS.get("l-bfgs-b"));
    return SolverTable.problem(
        isMirror
            ? "simplex by entropy"
            : hasBlocks ? "blocks with steps" : isBounded ? "logistic box" : "lasso");
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anExhaustedBudgetReturnsTheBestPointSoFar(Solver solver) {
    SolverProblem of = suited(solver);
    Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 2), of.theta());
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
    Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
    Matrix infinite = Matrix.filled(of.start().rows(), 1, Double.NaN);
    Solution solution = solver.solve(problem, infinite, Stopping.relative(1e-10, 50));
    assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(solution.value()).isEqualTo(infinite);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolutionAtTheStartCostsNoStep(Solver solver) {
    SolverProblem of = suited(solver);
    Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 2), of.theta());
    Solution solution = solver.solve(problem, of.start(), new Stopping(0, 1e9, 50));
    assertThat(solution.orThrow()).isEqualTo(of.start());
    assertThat(solution.iterations()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "lasso, 1",
    "lasso, 1e4",
    "lasso, 1e-4",
    "elastic net, 1",
    "logistic lasso, 1",
    "logistic lasso, 1e3"
  })
  void chordsFindTheMinimiserWhateverHessianTheyBeginWith(String name, double curvature) {
    SolverProblem of = SolverTable.problem(name);
    ReadyCondition programs = ReadyCondition.of(of.condition());
    Passes passes = of.passes(TABLES, 2);
    Stopping stopping = Stopping.relative(1e-12, 500);
    Matrix nearby = Matrix.identity(of.start().rows()).times(curvature);
    Matrix x =
        CompositeMinimiser.chords(nearby)
            .solve(programs.at(passes, of.theta()), of.start(), stopping)
            .orThrow();
    Matrix due =
        CompositeMinimiser.proximalNewton()
            .solve(programs.at(passes, of.theta()), of.start(), stopping)
            .orThrow();
    assertThat(x.minus(due).maxAbs()).isLessThan(1e-9 * Math.max(1, due.maxAbs()));
  }

  @Test
  void severalPointsAreOnePass() {
    SolverProblem of = SolverTable.problem("lasso");
    Passes passes = of.passes(TABLES, 2);
    ReadyCondition programs = ReadyCondition.of(of.condition());
    Problem problem = programs.at(passes, of.theta());
    List<Matrix> points = List.of(of.start(), of.start().map(v -> v + 1), of.start().map(v -> 3));
    problem.evaluate(of.start().map(v -> 2));
    long before = passes.ledger().total();
    List<Problem.Evaluated> together = problem.evaluateAll(points);
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    assertThat(problem.as(CompositeProblem.class).orElseThrow().knows(points.get(2))).isTrue();
    Problem other = programs.at(passes, of.theta());
    for (int k = 0; k < points.size(); k++) {
      Matrix alone = other.evaluate(points.get(k)).residual();
      assertThat(together.get(k).residual().minus(alone).norm()).isLessThan(1e-14 * alone.norm());
    }
  }

  @Test
  void severalPointsOfAMirrorProblemAreOnePass() {
    SolverProblem of = SolverTable.problem("simplex by entropy");
    Passes passes = of.passes(TABLES, 2);
    ReadyCondition programs = ReadyCondition.of(of.condition());
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
    assertThat(problem.cost().numbers()).isEqualTo((double) passes.table("train").numbers());
    List<Problem> batches = problem.batches(3, 5);
    List<Passes> parts = passes.batches(3, 5);
    Matrix sum = Matrix.zeros(other.rows(), 1);
    for (int k = 0; k < batches.size(); k++) {
      double share = parts.get(k).table("train").rowCount() / 24.0;
      sum =
          sum.plus(
              share, batches.get(k).as(MirrorProblem.class).orElseThrow().at(other).gradient());
    }
    Matrix gradient = problem.as(MirrorProblem.class).orElseThrow().at(other).gradient();
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
    SolverProblem of = SolverTable.problem("lasso");
    Passes passes = of.passes(TABLES, 3);
    Problem problem = ReadyCondition.of(of.condition()).at(passes, of.theta());
    Matrix x = of.start().map(v -> v + 0.5);
    List<Problem> batches = problem.batches(3, 5);
    List<Passes> parts = passes.batches(3, 5);
    Matrix sum = of.start();
    for (int k = 0; k < batches.size(); k++) {
      double share = parts.get(k).table("train").rowCount() / 24.0;
      sum =
          sum.plus(share, batches.get(k).as(CompositeProblem.class).orElseThrow().at(x).gradient());
    }
    Matrix gradient = problem.as(CompositeProblem.class).orElseThrow().at(x).gradient();
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
    SolverProblem of = SolverTable.problem(name);
    Passes passes = of.passes(TABLES, 2);
    ReadyCondition programs = ReadyCondition.of(of.condition());
    Stopping tight = Stopping.relative(1e-13, 5000);
    Matrix expected =
        CompositeMinimiser.coordinateDescent()
            .solve(programs.at(passes, of.theta()), of.start(), tight)
            .orThrow();
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
    SolverProblem of = SolverTable.problem("wide box");
    Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
    Stopping stopping =
        Stopping.relative(1e-4, 100)
            .withListener(
                at -> {
                  for (double v : at.x().toArray()) {
                    assertThat(v).isBetween(of.theta().at(0), of.theta().at(1));
                  }
                });
    assertThat(
            CompositeMinimiser.boundedLbfgs()
                .solve(problem, of.start(), stopping)
                .orThrow()
                .maxAbs())
        .isEqualTo(0.08);
  }

  @Test
  void quasiNewtonMethodsRefuseOtherPenalties() {
    for (String name : List.of("simplex", "group lasso", "svm dual", "nnls", "lasso")) {
      SolverProblem of = SolverTable.problem(name);
      Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
      if (!name.equals("nnls")) {
        assertThatThrownBy(
                () ->
                    CompositeMinimiser.boundedLbfgs()
                        .solve(problem, of.start(), Stopping.relative(1e-6, 9)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid proximal map for l-bfgs-b + newton")
            .hasMessageContaining("no projection on a box (must be")
            .hasMessageContaining("proximal newton takes any");
      }
      if (!name.equals("lasso")) {
        assertThatThrownBy(
                () ->
                    CompositeMinimiser.owlqn()
                        .solve(problem, of.start(), Stopping.relative(1e-6, 9)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid proximal map for owl-qn + newton")
            .hasMessageContaining("no soft thresholding (must be");
      }
    }
  }

  @Test
  void mapsThatCoupleAreRefused() {
    for (String name : List.of("simplex", "svm dual", "group lasso")) {
      SolverProblem of = SolverTable.problem(name);
      Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
      for (Solver solver :
          List.of(
              CompositeMinimiser.coordinateDescent(),
              CompositeMinimiser.blockCoordinateDescent(2))) {
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
    Problem problem = ReadyCondition.of(of.condition()).at(of.passes(TABLES, 1), of.theta());
    assertThatThrownBy(
            () ->
                CompositeMinimiser.blockCoordinateDescent(5)
                    .solve(problem, of.start(), Stopping.relative(1e-10, 10)))
        .hasMessageContaining("10 unknowns (must be 12)");
    assertThatThrownBy(() -> CompositeMinimiser.blockCoordinateDescent(0))
        .hasMessageContaining("0 (must be >= 1)");
    assertThatThrownBy(
            () ->
                CompositeMinimiser.mirrorDescent()
                    .solve(problem, of.start(), Stopping.relative(1, 1)))
        .hasMessageContaining("no mirror map (must be a MirrorDescent)");
  }

  /**
   * A sweep of a lasso is in closed form: its map of all unknowns is asked for once, to judge it.
   */
  @Test
  void sweepsOfALassoAskForFewMaps() {
    SolverProblem of = SolverTable.problem("lasso");
    AtomicInteger maps = new AtomicInteger();
    CompositeProblem counted =
        counting(
            maps,
            ReadyCondition.of(of.condition())
                .at(of.passes(TABLES, 1), of.theta())
                .as(CompositeProblem.class)
                .orElseThrow());
    Solution solution =
        CompositeMinimiser.coordinateDescent()
            .solve(counted, of.start(), Stopping.relative(1e-12, 1000));
    solution.orThrow();
    assertThat(solution.iterations()).isGreaterThan(10);
    assertThat(maps.get()).isLessThan(4 * solution.iterations());
  }

  private static CompositeProblem counting(AtomicInteger maps, CompositeProblem problem) {
    return (CompositeProblem)
        Proxy.newProxyInstance(
            CompositeSolversTest.class.getClassLoader(),
            new Class<?>[] {CompositeProblem.class},
            (self, method, arguments) -> {
              maps.addAndGet(method.getName().equals("prox") ? 1 : 0);
              return method.getName().equals("as")
                  ? Optional.of(self).filter(((Class<?>) arguments[0])::isInstance)
                  : method.invoke(problem, arguments);
            });
  }
}
