package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

/** When solves end, and what a user's own function is held to. */
class StoppingTest {
  private static final Stopping STOPPING = Stopping.relative(1e-6, 100);

  @Test
  void changedCopiesKeepTheRest() {
    List<String> told = new ArrayList<>();
    Stopping all =
        STOPPING
            .withMaxPasses(7)
            .withTimeBudget(Duration.ofHours(2))
            .withListener(i -> told.add("first"))
            .withListener(i -> told.add("second"))
            .withCancellation(() -> true)
            .withCancellation(() -> false)
            .withTolerances(1e-3, 1e-4);
    assertThat(all.bound(2)).isEqualTo(2e-3 + 1e-4);
    assertThat(all.maxIterations()).isEqualTo(100);
    assertThat(all.watch().maxPasses()).isEqualTo(7);
    assertThat(all.watch().timeBudget()).isEqualTo(Duration.ofHours(2));
    assertThat(all.watch().cancellation().getAsBoolean()).isTrue();
    all.watch()
        .listener()
        .accept(
            new Solver.Iteration(1, 1, Matrix.scalar(0), Matrix.scalar(0), OptionalDouble.empty()));
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> STOPPING.withMaxPasses(0))
        .hasMessage("Invalid max passes: 0 (must be >= 1)");
    assertThatThrownBy(() -> STOPPING.withTimeBudget(Duration.ZERO))
        .hasMessage("Invalid time budget: PT0S (must be > 0)");
  }

  @Test
  void aUsersFunctionIsJudgedByItsResidual() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("cosine");
    CountedProblem problem = of.problem().get();
    double root = of.solution().orElseThrow().value();
    Solver right = Solver.of("table", (p, start) -> Matrix.column(root));
    Solution solution = right.solve(problem, of.start(), STOPPING);
    assertThat(solution.orThrow().value()).isEqualTo(root);
    assertThat(solution.method()).isEqualTo("table");
    assertThat(solution.passes()).isEqualTo(2).isEqualTo(problem.passes());
    Solver wrong = Solver.of("guess", (p, start) -> Matrix.column(root + 1e-3));
    Solution guessed = wrong.solve(problem, of.start(), STOPPING);
    assertThat(guessed.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(guessed.residualNorm()).isEqualTo(problem.residualNorm(Matrix.column(root + 1e-3)));
    Solver lost = Solver.of("lost", (p, start) -> Matrix.column(Double.NaN));
    Solution none = lost.solve(problem, of.start(), STOPPING);
    assertThat(none.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(none.value()).isEqualTo(of.start());
    assertThatThrownBy(
            () ->
                Solver.of("wide", (p, start) -> Matrix.column(1, 2))
                    .solve(problem, of.start(), STOPPING))
        .hasMessage("Invalid solution of wide: 2 x 1 (must be 1 x 1)");
  }

  @Test
  void whatAUsersFunctionAsksIsCounted() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("cosine");
    CountedProblem problem = of.problem().get();
    Solver oneStep =
        Solver.of(
            "one newton step",
            (p, start) -> {
              Matrix f = p.evaluate(start).residual();
              try (var jacobian = p.jacobian(start)) {
                return Matrix.column(-f.value() / jacobian.apply(Matrix.scalar(1)).value());
              }
            });
    Solution solution = oneStep.solve(problem, of.start(), STOPPING);
    assertThat(solution.passes()).isEqualTo(4).isEqualTo(problem.passes());
    assertThat(solution.value().value()).isEqualTo(1);
  }

  /** Minimisers at 1e25 are as good as any, and a value of -1e32 is no lack of a bound. */
  @Test
  void farMinimisersOfLargeSlopesAreNone() {
    CountedProblem square =
        CountedProblem.objective(
            1,
            Structure.POSITIVE_DEFINITE,
            x ->
                new CountedProblem.At(
                    0.5 * Math.pow(x.at(0) - 1e25, 2), Matrix.column(x.at(0) - 1e25)),
            x -> Matrix.scalar(1));
    CountedProblem counts =
        CountedProblem.objective(
            1,
            Structure.POSITIVE_DEFINITE,
            x ->
                new CountedProblem.At(
                    Math.exp(x.at(0)) - 1e30 * x.at(0), Matrix.column(Math.exp(x.at(0)) - 1e30)),
            x -> Matrix.scalar(Math.exp(x.at(0))));
    for (Solver solver : List.of(NewtonPolished.of(), Minimiser.lbfgs())) {
      Solution far = solver.solve(square, Matrix.column(0), STOPPING);
      assertThat(far.orThrow().value()).isCloseTo(1e25, withinPercentage(1e-4));
      Solution low = solver.solve(counts, Matrix.column(0), STOPPING.withTolerances(1e-9, 0));
      assertThat(low.orThrow().value()).isCloseTo(Math.log(1e30), within(1e-6));
    }
  }

  @Test
  void anObjectiveWithoutBoundIsSaid() {
    CountedProblem problem =
        CountedProblem.objective(
            1,
            Structure.SYMMETRIC,
            x -> new CountedProblem.At(-Math.exp(x.at(0)), Matrix.column(-Math.exp(x.at(0)))),
            x -> Matrix.scalar(-Math.exp(x.at(0))));
    Iterates iterates = new Iterates(problem, Matrix.column(0), STOPPING);
    Matrix far = Matrix.column(60);
    iterates.moveTo(far, iterates.evaluate(far).orElseThrow());
    assertThat(iterates.goesOn()).isFalse();
    assertThat(iterates.solution("descent", Outcome.STALLED).outcome())
        .isEqualTo(Outcome.UNBOUNDED);
  }
}
