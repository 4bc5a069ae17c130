package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

/**
 * How every solver of smooth problems and roots ends, whatever happens: what it has solved is in
 * {@link SolverLaws}. A new one joins {@link #SOLVERS}.
 */
class SolverOutcomesTest {
  private static final Map<String, Solver> SOLVERS =
      Stream.of(
              Minimiser.lbfgs(),
              Newton.of(),
              NewtonPolished.of(),
              RootFinder.picard(),
              new InteriorPoint(),
              Minimiser.steepestDescent(),
              Minimiser.nonlinearConjugateGradient(),
              Minimiser.acceleratedGradient(),
              Minimiser.trustRegionNewton(),
              RootFinder.anderson(),
              RootFinder.accelerated(RootFinder.picard(), 1, 5),
              RootFinder.broyden())
          .collect(Collectors.toMap(Solver::name, solver -> solver));

  /** Those of fixed points; the others are asked for a minimum too. */
  private static final Set<String> ROOT_FINDERS =
      Set.of("picard", "anderson(5)", "anderson(5) of picard");

  private static final Set<String> MINIMISERS =
      Set.of("gradient descent", "nonlinear cg", "accelerated gradient", "trust-region newton");

  private static final int BUDGET = 2000;

  static Stream<Solver> solvers() {
    return SOLVERS.values().stream();
  }

  private static CountedProblem scalar(double value, double residual, double slope) {
    return CountedProblem.objective(
        1,
        Structure.SYMMETRIC,
        x -> new CountedProblem.At(value, Matrix.column(residual)),
        x -> Matrix.scalar(slope));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolutionAtTheStartCostsOneEvaluation(Solver solver) {
    CountedProblem problem =
        CountedProblem.objective(
            1,
            Structure.POSITIVE_DEFINITE,
            x -> new CountedProblem.At(x.dot(x) / 2, x),
            x -> Matrix.scalar(1));
    Solution solution = solver.solve(problem, Matrix.column(0), Stopping.relative(1e-10, BUDGET));
    assertThat(solution.orThrow()).isEqualTo(Matrix.column(0));
    assertThat(problem.passes()).isEqualTo(1);
    assertThat(solution.iterations()).isZero();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aStartThatIsNotFiniteIsSaid(Solver solver) {
    for (CountedProblem problem :
        new CountedProblem[] {scalar(Double.NaN, 1, 1), scalar(1, Double.POSITIVE_INFINITY, 1)}) {
      Solution solution = solver.solve(problem, Matrix.column(2), Stopping.relative(1e-10, BUDGET));
      assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
      assertThat(solution.value()).isEqualTo(Matrix.column(2));
      assertThat(problem.passes()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anUnboundedObjectiveEnds(Solver solver) {
    CountedProblem problem =
        CountedProblem.objective(
            1,
            Structure.SYMMETRIC,
            x -> new CountedProblem.At(-x.at(0), Matrix.column(-1)),
            x -> Matrix.scalar(0));
    Solution solution = solver.solve(problem, Matrix.column(0), Stopping.relative(1e-10, BUDGET));
    assertThat(solution.outcome()).isNotEqualTo(Outcome.CONVERGED);
    if (MINIMISERS.contains(solver.name())) {
      assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
    }
    assertThat(solution.value().isFinite()).isTrue();
    assertThat(problem.passes()).isLessThan(200);
    assertThat(problem.open()).isZero();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aProblemThatIsNotFiniteAwayFromTheStartEndsThere(Solver solver) {
    CountedProblem problem =
        CountedProblem.objective(
            1,
            Structure.SYMMETRIC,
            x -> new CountedProblem.At(x.at(0) == 1 ? 0 : Double.NaN, Matrix.column(1)),
            x -> Matrix.scalar(1));
    Solution solution = solver.solve(problem, Matrix.column(1), Stopping.relative(1e-10, BUDGET));
    assertThat(solution.outcome()).isIn(Outcome.STALLED, Outcome.NOT_FINITE);
    assertThat(solution.value()).isEqualTo(Matrix.column(1));
    assertThat(solution.residualNorm()).isEqualTo(1);
    assertThat(problem.passes()).isLessThan(200);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aJacobianThatIsNotFiniteEndsTheSolve(Solver solver) {
    CountedProblem problem =
        CountedProblem.objective(
            1,
            Structure.SYMMETRIC,
            x -> new CountedProblem.At(0, Matrix.column(1)),
            x -> Matrix.scalar(Double.NaN));
    Solution solution = solver.solve(problem, Matrix.column(1), Stopping.relative(1e-10, 50));
    assertThat(solution.outcome()).isNotEqualTo(Outcome.CONVERGED);
    assertThat(problem.open()).isZero();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void anExhaustedBudgetReturnsTheBestPointSoFar(Solver solver) {
    ProblemCatalogue.Case of = ProblemCatalogue.of("rosenbrock");
    CountedProblem problem = of.problem().get();
    Solution solution = solver.solve(problem, of.start(), Stopping.relative(1e-14, 2));
    assertThat(solution.outcome())
        .isIn(Outcome.BUDGET_EXHAUSTED, Outcome.NOT_FINITE, Outcome.STALLED);
    assertThat(solution.iterations()).isLessThanOrEqualTo(2);
    assertThat(solution.residualNorm()).isEqualTo(problem.residualNorm(solution.value()));
    boolean isLower =
        problem.evaluate(solution.value()).value().orElseThrow()
            <= problem.evaluate(of.start()).value().orElseThrow();
    boolean isNearer = solution.residualNorm() <= problem.residualNorm(of.start());
    assertThat(isLower || isNearer).isTrue();
  }

  private static ProblemCatalogue.Case claimed(Solver solver) {
    boolean isOfRoots = ROOT_FINDERS.contains(solver.name());
    return ProblemCatalogue.of(isOfRoots ? "cosine" : "logistic");
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void passesAndHistoryAreThoseTaken(Solver solver) {
    ProblemCatalogue.Case of = claimed(solver);
    CountedProblem problem = of.problem().get();
    List<Solver.Iteration> told = new ArrayList<>();
    Solution solution =
        solver.solve(problem, of.start(), Stopping.relative(1e-4, BUDGET).withListener(told::add));
    assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(solution.passes()).isEqualTo(problem.passes());
    assertThat(solution.history()).hasSize(solution.iterations());
    assertThat(solution.history()).contains(solution.residualNorm());
    assertThat(told).extracting(Solver.Iteration::residualNorm).isEqualTo(solution.history());
    assertThat(told).extracting(Solver.Iteration::passes).isSorted();
    for (int k = 0; k < told.size(); k++) {
      assertThat(told.get(k).iteration()).isEqualTo(k + 1);
      assertThat(problem.residualNorm(told.get(k).x())).isEqualTo(told.get(k).residualNorm());
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void noPassBeyondTheBudget(Solver solver) {
    ProblemCatalogue.Case of = claimed(solver);
    for (int most = 1; most < 7; most++) {
      CountedProblem problem = of.problem().get();
      Solution solution =
          solver.solve(problem, of.start(), Stopping.relative(1e-13, BUDGET).withMaxPasses(most));
      assertThat(problem.passes()).isLessThanOrEqualTo(most);
      assertThat(solution.passes()).isEqualTo(problem.passes());
      assertThat(solution.outcome()).isIn(Outcome.BUDGET_EXHAUSTED, Outcome.CONVERGED);
      assertThat(solution.residualNorm()).isEqualTo(problem.residualNorm(solution.value()));
      assertThat(problem.open()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolveOutOfTimeEndsAfterItsFirstPass(Solver solver) {
    ProblemCatalogue.Case of = claimed(solver);
    CountedProblem problem = of.problem().get();
    Stopping stopping = Stopping.relative(1e-10, BUDGET).withTimeBudget(Duration.ofNanos(1));
    Solution solution = solver.solve(problem, of.start(), stopping);
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(solution.value()).isEqualTo(of.start());
    assertThat(problem.passes()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aCancelledSolveEndsAtItsIteration(Solver solver) {
    ProblemCatalogue.Case of = claimed(solver);
    CountedProblem problem = of.problem().get();
    AtomicInteger done = new AtomicInteger();
    Stopping stopping =
        Stopping.relative(1e-13, BUDGET)
            .withListener(iteration -> done.incrementAndGet())
            .withCancellation(() -> done.get() >= 1);
    Solution solution = solver.solve(problem, of.start(), stopping);
    assertThat(solution.outcome()).isIn(Outcome.CANCELLED, Outcome.CONVERGED);
    assertThat(solution.iterations()).isEqualTo(1);
    assertThat(solution.residualNorm()).isEqualTo(problem.residualNorm(solution.value()));
    assertThat(problem.open()).isZero();
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void aSolutionIsAStart(Solver solver) {
    ProblemCatalogue.Case of = claimed(solver);
    CountedProblem problem = of.problem().get();
    double bound = 1e-4 * problem.residualNorm(of.start());
    Stopping stopping = new Stopping(0, bound, BUDGET);
    Solution first = solver.solve(problem, of.start(), stopping);
    int before = problem.passes();
    Solution again = solver.solve(problem, first, stopping);
    assertThat(again.orThrow()).isEqualTo(first.value());
    assertThat(again.passes()).isEqualTo(1);
    assertThat(problem.passes() - before).isEqualTo(1);
  }
}
