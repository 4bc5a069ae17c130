package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

class AutoTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.auto(relativeTolerance, maxIterations, LinearSolver.Promise.PROBED);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.values());
  }

  /** The identity, as an operator that holds no matrix. */
  private record Identity(int rows, Structure structure) implements LinearOperator {
    @Override
    public int cols() {
      return rows;
    }

    @Override
    public Matrix apply(Matrix x) {
      return x;
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }
  }

  private static String methodFor(int n, Structure structure) {
    Solution solution =
        LinearSolver.auto(1e-10).prepare(new Identity(n, structure)).solve(Matrix.filled(n, 1, 1));
    return solution.method();
  }

  @Test
  void theMethodFollowsStructureAndCost() {
    assertThat(methodFor(257, Structure.POSITIVE_DEFINITE)).isEqualTo("dense Cholesky");
    assertThat(methodFor(600, Structure.POSITIVE_DEFINITE)).isEqualTo("CG");
    assertThat(methodFor(600, Structure.SYMMETRIC)).isEqualTo("MINRES");
    assertThat(methodFor(600, Structure.GENERAL)).isEqualTo("GMRES(60)");
    assertThat(methodFor(256, Structure.SYMMETRIC)).isEqualTo("dense LDL'");
    assertThat(methodFor(1, Structure.GENERAL)).isEqualTo("dense LU");
  }

  /** The cyclic shift, on which restarted GMRES makes no progress at all. */
  private record CyclicShift(int rows, int by) implements LinearOperator {
    @Override
    public int cols() {
      return rows;
    }

    @Override
    public Matrix apply(Matrix x) {
      double[] shifted = new double[x.size()];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < x.cols(); j++) {
          shifted[i * x.cols() + j] = x.at(Math.floorMod(i + by, rows), j);
        }
      }
      return Matrix.adopting(rows, x.cols(), shifted);
    }

    @Override
    public LinearOperator transpose() {
      return new CyclicShift(rows, -by);
    }

    @Override
    public Structure structure() {
      return Structure.GENERAL;
    }
  }

  private static Matrix firstUnit(int n) {
    double[] first = new double[n];
    first[0] = 1;
    return Matrix.column(first);
  }

  @Test
  void whereGmresStallsLsmrGoesOn() {
    int n = Cost.MOST_UNKNOWNS + 1;
    CountedOperator a = CountedOperator.of(new CyclicShift(n, 1));
    Solution solution = LinearSolver.auto(1e-10).prepare(a).solve(firstUnit(n));
    assertThat(solution.method()).isEqualTo("LSMR");
    assertThat(solution.orThrow().at(1)).isCloseTo(1, within(1e-10));
    assertThat(solution.iterations()).isEqualTo(a.count());
    assertThat(solution.smallestEigenvalue().orElseThrow()).isCloseTo(1, within(1e-9));
  }

  @Test
  void whatCostsMoreProductsThanTheWholeMatrixIsFactorised() {
    CountedOperator a = CountedOperator.of(new CyclicShift(600, 1));
    PreparedSolver prepared = LinearSolver.auto(1e-10).prepare(a);
    Solution solution = prepared.solve(firstUnit(600));
    assertThat(solution.method()).isEqualTo("dense LU");
    assertThat(solution.orThrow().at(1)).isCloseTo(1, within(1e-10));
    double whole = a.cost().productsOfFactorised();
    assertThat(a.count()).isBetween((int) whole, (int) whole + 2);
    int before = a.count();
    assertThat(prepared.solve(firstUnit(600)).orThrow().at(1)).isCloseTo(1, within(1e-10));
    assertThat(a.count()).as("the factors serve the next system").isEqualTo(before);
  }

  @Test
  void manyRightSidesAreWorthTheWholeMatrixAtOnce() {
    CountedOperator a = CountedOperator.of(new Identity(600, Structure.POSITIVE_DEFINITE));
    Solution solution =
        LinearSolver.auto(1e-10, 1000, LinearSolver.Promise.TRUSTED)
            .prepare(a)
            .solve(Matrix.identity(600));
    assertThat(solution.method()).isEqualTo("dense Cholesky");
    assertThat(a.count()).isEqualTo(1);
  }

  private static CountedOperator indefiniteThatPromisesMore() {
    double[] d = new double[600];
    for (int i = 0; i < d.length; i++) {
      d[i] = i % 3 == 0 ? 1 : -2;
    }
    double[] elements = new double[600 * 600];
    for (int i = 0; i < d.length; i++) {
      elements[i * 601] = d[i];
    }
    return CountedOperator.of(
        new DenseOperator(Matrix.adopting(600, 600, elements), Structure.POSITIVE_DEFINITE));
  }

  @Test
  void aBrokenPromiseOfALargeOperatorIsFoundAndSolvedAllTheSame() {
    CountedOperator a = indefiniteThatPromisesMore();
    Matrix b = Matrix.filled(600, 1, 1);
    Solution solution = LinearSolver.auto(1e-10).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    assertThat(solution.method()).isEqualTo("GMRES(60)");
    assertThat(b.minus(a.apply(solution.value())).norm()).isLessThan(1e-9);
    assertThat(solution.iterations()).as("the test, two steps, a check").isEqualTo(4);
  }

  @Test
  void aTrustedPromiseIsNotTested() {
    CountedOperator a = CountedOperator.of(new Identity(600, Structure.POSITIVE_DEFINITE));
    Matrix b = Matrix.filled(600, 1, 1);
    LinearSolver.auto(1e-10, 1000, LinearSolver.Promise.TRUSTED).prepare(a).solve(b).orThrow();
    assertThat(a.count()).as("a step and a check").isEqualTo(2);
    Solution tested = LinearSolver.auto(1e-10).prepare(a).solve(b);
    assertThat(tested.iterations()).isEqualTo(3);
    assertThat(a.count()).isEqualTo(5);
  }
}
