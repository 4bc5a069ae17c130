package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;

/** Solvers at the limit of double precision, at warm starts, and on problems that refuse points. */
class SolverPrecisionTest {
  @ParameterizedTest
  @ValueSource(strings = {"quadratic", "logistic", "rosenbrock", "large quadratic"})
  void belowTheFloorOfPrecisionItStallsCloseToTheSolution(String name) {
    ProblemCatalogue.Case of = ProblemCatalogue.of(name);
    CountedProblem problem = of.problem().get();
    Solution solution =
        NewtonPolished.of().solve(problem, of.start(), Stopping.relative(1e-25, 500));
    assertThat(solution.outcome()).isIn(Outcome.STALLED, Outcome.CONVERGED);
    assertThat(solution.relativeResidual()).isLessThan(1e-12);
    assertThat(problem.passes()).isLessThan(name.startsWith("large") ? 3000 : 80);
    assertThat(problem.open()).isZero();
  }

  @Test
  void newtonAtTheFloorStopsInAFewPasses() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("logistic");
    CountedProblem problem = of.problem().get();
    Solution reached = Newton.of().solve(problem, of.start(), Stopping.relative(1e-13, 100));
    int before = problem.passes();
    Solution again = Newton.of().solve(problem, reached.value(), new Stopping(0, 1e-30, 100));
    assertThat(again.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(again.residualNorm()).isLessThanOrEqualTo(reached.residualNorm());
    assertThat(problem.passes() - before).isLessThan(25);
  }

  @Test
  void aWarmStartPays() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("logistic");
    CountedProblem problem = of.problem().get();
    double bound = 1e-11 * problem.residualNorm(of.start());
    Stopping stopping = new Stopping(0, bound, 500);
    Matrix x = NewtonPolished.of().solve(problem, of.start(), stopping).orThrow();
    int cold = problem.passes();
    Solution warm = NewtonPolished.of().solve(problem, x.times(1 + 1e-4), stopping);
    assertThat(warm.orThrow().minus(x).norm()).isLessThan(1e-6);
    assertThat(problem.passes() - cold).isLessThan(12);
  }

  @Test
  void aPointWherePassesMeetNaNCountsAsInfinite() {
    Problem problem =
        ReadyCondition.of(
                Stationarity.ofStronglyConvex(
                    Parameters.vector(1),
                    Parameters.vector(1),
                    (x, theta) -> x.times(theta).minus(x.log()).sum()))
            .at(Passes.over(Map.of()), Matrix.column(3));
    for (Solver solver : new Solver[] {Minimiser.lbfgs(), NewtonPolished.of(), Newton.of()}) {
      Solution solution = solver.solve(problem, Matrix.column(0.9), Stopping.relative(1e-6, 100));
      assertThat(solution.orThrow().value()).isCloseTo(1 / 3.0, within(1e-5));
      Solution lost = solver.solve(problem, Matrix.column(-1), Stopping.relative(1e-6, 100));
      assertThat(lost.outcome()).isEqualTo(Outcome.NOT_FINITE);
    }
  }

  @Test
  void aDivergingFixedPointReturnsItsBestPoint() {
    CountedProblem problem =
        CountedProblem.root(1, x -> CountedProblem.At.root(2 * x.at(0) + 1), x -> Matrix.scalar(2));
    Solution solution =
        RootFinder.picard().solve(problem, Matrix.column(0), Stopping.relative(1e-6, 60));
    assertThat(solution.outcome()).isNotEqualTo(Outcome.CONVERGED);
    assertThat(solution.value()).isEqualTo(Matrix.column(0));
    assertThat(solution.residualNorm()).isEqualTo(1);
  }

  @Test
  void aFixedPointAtTheFloorOfPrecisionStalls() {
    ProblemCatalogue.Case of = ProblemCatalogue.of("cosine");
    CountedProblem problem = of.problem().get();
    Solution solution =
        RootFinder.picard().solve(problem, Matrix.column(0.1), Stopping.relative(1e-30, 100_000));
    assertThat(solution.outcome()).isIn(Outcome.STALLED, Outcome.CONVERGED);
    assertThat(solution.residualNorm()).isLessThan(1e-15);
    assertThat(problem.passes()).isLessThan(300);
  }

  @Test
  void anEquationWithoutRootStalls() {
    CountedProblem problem =
        CountedProblem.root(
            1, x -> CountedProblem.At.root(x.at(0) * x.at(0) + 1), x -> Matrix.scalar(2 * x.at(0)));
    Solution solution =
        NewtonPolished.of().solve(problem, Matrix.column(3), Stopping.relative(1e-6, 100));
    assertThat(solution.outcome()).isIn(Outcome.STALLED, Outcome.BUDGET_EXHAUSTED);
    assertThat(solution.residualNorm()).isBetween(1.0, 1.5);
    assertThatThrownBy(solution::orThrow).hasMessageContaining("did not converge");
  }

  @Test
  void lbfgsAsksForAnObjective() {
    CountedProblem problem = ProblemCatalogue.of("cosine").problem().get();
    assertThatThrownBy(
            () -> Minimiser.lbfgs().solve(problem, Matrix.column(0), Stopping.relative(1e-6, 100)))
        .hasMessageStartingWith("Invalid problem: F is no gradient");
  }
}
