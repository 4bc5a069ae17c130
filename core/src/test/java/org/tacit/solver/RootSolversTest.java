package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/** Bisection, Broyden's method, and what acceleration gains. */
class RootSolversTest {
  @ParameterizedTest
  @CsvSource({"cosine, 0, 3, 12", "cubic, 0, 3, 12", "cosine, -10, 10, 14"})
  void bisectionGainsFourBitsAPass(String name, double low, double high, int mostPasses) {
    ProblemCatalogue.Case of = ProblemCatalogue.of(name);
    CountedProblem problem = of.problem().get();
    Solution solution =
        new Bisection(low, high).solve(problem, of.start(), Stopping.relative(1e-12, 100));
    double known = of.solution().orElseThrow().value();
    assertThat(solution.orThrow().value()).isCloseTo(known, within(1e-11));
    assertThat(solution.passes()).isEqualTo(problem.passes()).isLessThanOrEqualTo(mostPasses);
  }

  @Test
  void bisectionSaysWhereThereIsNothingToFind() {
    CountedProblem cubic = ProblemCatalogue.of("cubic").problem().get();
    Stopping stopping = Stopping.relative(1e-12, 100);
    Solution oneSign = new Bisection(2, 3).solve(cubic, Matrix.column(2.5), stopping);
    assertThat(oneSign.outcome()).isEqualTo(Outcome.SINGULAR);
    assertThat(oneSign.value().value()).isEqualTo(2);
    assertThatThrownBy(oneSign::orThrow)
        .hasMessageContaining("the bracket is [2.0, 3.0]: F has one sign at both ends, move one");
    CountedProblem pole =
        CountedProblem.root(
            1, x -> CountedProblem.At.root(1 / (x.at(0) - 0.3)), x -> Matrix.scalar(-1));
    Solution jump = new Bisection(-1, 1.7).solve(pole, Matrix.column(1), stopping);
    assertThat(jump.outcome()).isIn(Outcome.STALLED, Outcome.NOT_FINITE);
    CountedProblem two = ProblemCatalogue.of("turning").problem().get();
    assertThatThrownBy(() -> new Bisection(0, 1).solve(two, Matrix.column(1, 1), stopping))
        .hasMessage("Invalid unknowns: 2 (bisection solves for 1)");
    assertThatThrownBy(() -> new Bisection(1, 1))
        .hasMessage("Invalid bracket: [1.0, 1.0] (must be finite, low < high)");
  }

  @Test
  void bracketsReachAsFarAsNumbersDo() {
    CountedProblem log =
        CountedProblem.root(
            1, x -> CountedProblem.At.root(Math.log(x.at(0))), x -> Matrix.scalar(1 / x.at(0)));
    Stopping stopping = Stopping.relative(1e-12, 1000);
    assertThat(new Bisection(0.25, 7).solve(log, Matrix.column(0), stopping).orThrow().value())
        .isCloseTo(1, within(1e-11));
    assertThat(new Bisection(0, 7).solve(log, Matrix.column(3), stopping).outcome())
        .isEqualTo(Outcome.NOT_FINITE);
    assertThatThrownBy(() -> new Bisection(0, 7).solve(log, Matrix.column(3), stopping).orThrow())
        .hasMessageContaining(
            "not finite after 1 iterations, relative residual 1.0 (the bracket is [0.0, 7.0]: F is"
                + " not finite at 0.0, move that end to where it is)");
    assertThat(new Bisection(0, 7).solve(log, Matrix.column(3), stopping.withMaxPasses(1)).reason())
        .isEmpty();
    assertThatThrownBy(() -> new Bisection(1, Double.POSITIVE_INFINITY))
        .hasMessage("Invalid bracket: [1.0, Infinity] (must be finite, low < high)");
    CountedProblem wide =
        CountedProblem.root(
            1, x -> CountedProblem.At.root(Math.atan(x.at(0) - 3)), x -> Matrix.scalar(1));
    Solution found = new Bisection(-1.5e308, 1.6e308).solve(wide, Matrix.column(0), stopping);
    assertThat(found.orThrow().value()).isCloseTo(3, within(1e-11));
  }

  @Test
  void bisectionAtTheFloorOfPrecisionStalls() {
    CountedProblem problem =
        CountedProblem.root(
            1, x -> CountedProblem.At.root(x.at(0) < Math.PI ? -1 : 1), x -> Matrix.scalar(0));
    Solution solution =
        new Bisection(0, 10).solve(problem, Matrix.column(0), Stopping.relative(1e-3, 1000));
    assertThat(solution.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(problem.passes()).isLessThan(30);
  }

  @Test
  void accelerationPays() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("far quadratic");
    Matrix known = of.solution().orElseThrow();
    Stopping stopping = Stopping.relative(1e-8, 5000);
    Solver step =
        Solver.of("gradient step", (problem, x) -> x.plus(-0.5, problem.evaluate(x).residual()));
    Solution plain = repeated(step, of, stopping);
    Solution accelerated =
        RootFinder.accelerated(step, 1, 10).solve(of.problem().get(), of.start(), stopping);
    assertThat(accelerated.orThrow().minus(known).norm()).isLessThan(1e-3 * known.norm());
    assertThat(accelerated.iterations()).isLessThan(plain.iterations() / 3);
    assertThat(accelerated.method()).isEqualTo("anderson(10) of gradient step");
  }

  private static Solution repeated(Solver step, ProblemCatalogue.Case of, Stopping stopping) {
    CountedProblem problem = of.problem().get();
    Matrix x = of.start();
    double bound = stopping.bound(problem.residualNorm(x));
    int k = 0;
    while (problem.residualNorm(x) > bound) {
      x = step.solve(problem, x, new Stopping(0, 0, 1)).value();
      k++;
    }
    return new Solution(
        x, Outcome.CONVERGED, "plain", k, problem.residualNorm(x), 0, OptionalDouble.empty());
  }

  @Test
  void broydenOfManyUnknownsStartsFromAFixedPointsJacobian() {
    int n = 600;
    CountedProblem problem =
        CountedProblem.root(
            n,
            x -> new CountedProblem.At(Double.NaN, x.map(v -> 0.5 * Math.cos(v) - v)),
            x -> Matrix.identity(n));
    Solution solution =
        RootFinder.broyden().solve(problem, Matrix.zeros(n, 1), Stopping.relative(1e-12, 100));
    assertThat(solution.orThrow().at(0)).isCloseTo(0.45018361129487355, within(1e-11));
    assertThat(problem.passes()).isLessThan(12);
  }
}
