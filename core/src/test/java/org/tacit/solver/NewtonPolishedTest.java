package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;

/**
 * Few unknowns and so many rows that no Hessian is built: its steps are products, one at a time.
 */
class NewtonPolishedTest {
  /** A problem that says it has so many rows. */
  private record ManyRows(Problem problem, long rows) implements Problem {
    @Override
    public int size() {
      return problem.size();
    }

    @Override
    public Evaluated evaluate(Matrix x) {
      return problem.evaluate(x);
    }

    @Override
    public Optional<DenseOperator> wholeJacobian(Matrix x) {
      throw new AssertionError("The Hessian was built whole over " + rows + " rows");
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return problem.jacobian(x);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "tiny logistic", "far quadratic"})
  void manyRowsAreSolvedBySingleProducts(String name) {
    ProblemCatalogue.Case of = ProblemCatalogue.of(name);
    Stopping stopping = Stopping.relative(1e-11, 500);
    Matrix expected =
        Newton.of().solve(of.problem().get(), of.start(), Stopping.relative(1e-13, 500)).orThrow();
    CountedProblem counted = of.problem().get();
    ManyRows problem = new ManyRows(counted, 10_000_000_000L);
    Solution solution = NewtonPolished.of().solve(problem, of.start(), stopping);
    assertThat(solution.orThrow().minus(expected).norm()).isLessThan(1e-8 * expected.norm());
    assertThat(counted.widest()).isEqualTo(1);
    assertThat(counted.open()).isZero();
    assertThat(solution.passes()).isEqualTo(counted.passes()).isLessThan(250);
  }
}
