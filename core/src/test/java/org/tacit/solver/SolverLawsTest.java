package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.TableFactory;

class SolverLawsTest implements SolverLaws {
  private static final int BUDGET = 2000;

  @Override
  public TableFactory tables() {
    return TableFactory.inProcess(20);
  }

  @Override
  public Coverage coverage() {
    return Coverage.ALL;
  }

  /** The lines of problems without rows, which are hard in their scales and starts. */
  @TestFactory
  Stream<DynamicTest> solutionsOfProblemsByHand() {
    return SolverTable.all().stream()
        .filter(line -> !line.hasRows())
        .map(line -> DynamicTest.dynamicTest(line.toString(), () -> assertSolvedByHand(line)));
  }

  private static void assertSolvedByHand(SolverTable.Line line) {
    double tolerance = line.tolerance();
    ProblemCatalogue.Case of = ProblemCatalogue.of(line.problem());
    CountedProblem problem = of.problem().get();
    Solution solution =
        Contender.of(line.solver())
            .solver()
            .solve(problem, of.start(), Stopping.relative(tolerance, BUDGET));
    Matrix x = solution.orThrow();
    assertThat(problem.residualNorm(x))
        .isEqualTo(solution.residualNorm())
        .isLessThanOrEqualTo(tolerance * problem.residualNorm(of.start()));
    assertThat(solution.relativeResidual()).isLessThanOrEqualTo(tolerance);
    if (tolerance < 1e-10) {
      of.solution().ifPresent(known -> assertThat(x.minus(known).norm()).isLessThan(of.distance()));
    }
    assertThat(solution.iterations()).as("iterations").isLessThanOrEqualTo(line.iterations());
    assertThat(problem.passes())
        .as("passes")
        .isEqualTo(solution.passes())
        .isLessThanOrEqualTo(line.passes());
    assertThat(problem.open()).as("Jacobians left open").isZero();
  }
}
