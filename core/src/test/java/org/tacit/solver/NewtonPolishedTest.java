package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;

/** Where a whole Hessian costs too much, steps are products, one at a time. */
class NewtonPolishedTest {
  /** Ten million rows of a thousand unknowns: a whole Hessian is worth hundreds of products. */
  private static final Cost COST = Cost.ofPass(1_000, 1e10, 1);

  /** A problem that says it costs so much. */
  private record Costly(Problem problem) implements Problem {
    @Override
    public Cost cost() {
      return COST;
    }

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
      throw new AssertionError("The Hessian was built whole");
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return new CostlyOperator(problem.jacobian(x));
    }
  }

  private record CostlyOperator(ClosableOperator operator) implements ClosableOperator {
    @Override
    public int rows() {
      return operator.rows();
    }

    @Override
    public int cols() {
      return operator.cols();
    }

    @Override
    public Matrix apply(Matrix x) {
      return operator.apply(x);
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Structure structure() {
      return operator.structure();
    }

    @Override
    public Cost cost() {
      return COST;
    }

    @Override
    public void close() {
      operator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic", "tiny logistic", "far quadratic"})
  void whatCostsTooMuchWholeIsSolvedBySingleProducts(String name) {
    ProblemCatalogue.Case of = ProblemCatalogue.of(name);
    Stopping stopping = Stopping.relative(1e-11, 500);
    Matrix expected =
        Newton.of().solve(of.problem().get(), of.start(), Stopping.relative(1e-13, 500)).orThrow();
    CountedProblem counted = of.problem().get();
    Costly problem = new Costly(counted);
    Solution solution = NewtonPolished.of().solve(problem, of.start(), stopping);
    assertThat(solution.orThrow().minus(expected).norm()).isLessThan(1e-8 * expected.norm());
    assertThat(counted.widest()).isEqualTo(1);
    assertThat(counted.open()).isZero();
    assertThat(solution.passes()).isEqualTo(counted.passes()).isLessThan(250);
  }
}
