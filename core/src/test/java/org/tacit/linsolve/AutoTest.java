package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
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

  /** diag(d) that says of itself what a Hessian does, and counts who asks for what. */
  private static final class Curvature implements LinearOperator {
    private final Matrix d;
    private final boolean tells;
    private int products;
    private int asked;

    Curvature(Matrix d, boolean tells) {
      this.d = d;
      this.tells = tells;
    }

    @Override
    public int rows() {
      return d.rows();
    }

    @Override
    public Matrix apply(Matrix x) {
      products++;
      return Matrix.tabulate(x.rows(), x.cols(), (i, j) -> d.at(i) * x.at(i, j));
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Optional<Matrix> diagonal() {
      asked += tells ? 1 : 0;
      return tells ? Optional.of(d) : Optional.empty();
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }

    @Override
    public boolean isHessian() {
      return true;
    }
  }

  @Test
  void aHessianIsNotTested() {
    Curvature a = new Curvature(Matrix.filled(600, 1, 2), false);
    Solution solution = LinearSolver.auto(1e-10).prepare(a).solve(Matrix.filled(600, 1, 1));
    assertThat(solution.orThrow()).isEqualTo(Matrix.filled(600, 1, 0.5));
    assertThat(a.products).as("a step and a check").isEqualTo(2);
    assertThat(solution.iterations()).isEqualTo(2);
  }

  @Test
  void aHessianThatIsNotDefiniteIsFoundOnTheWayAndSolvedAllTheSame() {
    Matrix d = Matrix.column(600, i -> i % 3 == 0 ? 1 : -2);
    Curvature a = new Curvature(d, false);
    PreparedSolver prepared = LinearSolver.auto(1e-10).prepare(a);
    Matrix b = Matrix.column(600, i -> 1 + i % 2);
    for (int steps : new int[] {1, 0}) {
      int before = a.products;
      Solution solution = prepared.solveTransposed(b);
      assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
      assertThat(solution.method()).isEqualTo("GMRES(60)");
      assertThat(solution.value().minus(b.with(d, (v, s) -> v / s)).maxAbs()).isLessThan(1e-9);
      assertThat(a.products - before)
          .as("the step that refutes it once, two of the other, a check")
          .isEqualTo(solution.iterations())
          .isEqualTo(steps + 3);
    }
  }

  /** b'Ab is zero, and A regular: it is refuted, not singular. */
  @Test
  void aHessianOfBothSignsWhoseFirstStepHasNoCurvatureIsSolved() {
    Matrix d = Matrix.column(600, i -> i % 2 == 0 ? 3 : -3);
    Curvature a = new Curvature(d, false);
    Matrix b = Matrix.filled(600, 1, 1);
    Solution solution = LinearSolver.auto(1e-10).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    assertThat(solution.method()).isEqualTo("GMRES(60)");
    assertThat(solution.value().minus(b.with(d, (v, s) -> v / s)).maxAbs()).isLessThan(1e-9);
    assertThat(solution.iterations()).isEqualTo(a.products);
  }

  /** In the range of a semi-definite A there is a solution; beside it there is none. */
  @Test
  void aSemiDefiniteHessianIsSolvedWhereThereIsASolutionAndSingularWhereThereIsNone() {
    Matrix d = Matrix.column(600, i -> i % 4 == 0 ? 0 : 1 + i % 3);
    Matrix inRange = Matrix.column(600, i -> i % 4 == 0 ? 0 : 2);
    for (boolean tells : new boolean[] {false, true}) {
      Curvature a = new Curvature(d, tells);
      Matrix x = LinearSolver.auto(1e-10).prepare(a).solve(inRange).orThrow();
      assertThat(a.apply(x).minus(inRange).maxAbs()).isLessThan(1e-9);
      for (Matrix b :
          List.of(Matrix.filled(600, 1, 1), Matrix.column(600, i -> i % 4 == 0 ? 1 : 0))) {
        assertThat(LinearSolver.auto(1e-10).prepare(a).solve(b).outcome())
            .isEqualTo(Outcome.SINGULAR);
      }
    }
  }

  @Test
  void aDiagonalIsAskedForOnceATheta() {
    Matrix d = Matrix.column(600, i -> 1 + i % 7);
    Matrix b = Matrix.column(600, i -> i - 300);
    Curvature first = new Curvature(d, true);
    PreparedSolver prepared = LinearSolver.auto(1e-10).prepare(first);
    Solution before = prepared.solve(b);
    assertThat(before.iterations()).as("the diagonal, a step, a check").isEqualTo(3);
    assertThat(first.asked).isEqualTo(1);
    Nearby left = prepared.nearby();
    Curvature near = new Curvature(d.map(v -> 1.01 * v), true);
    Solution after = LinearSolver.auto(1e-10).near(left).prepare(near).solve(b);
    assertThat(after.method()).isEqualTo("CG with diagonal");
    assertThat(after.iterations()).as("a step, a check").isEqualTo(2);
    assertThat(after.orThrow().minus(b.with(near.d, (v, s) -> v / s)).norm()).isLessThan(1e-8);
    assertThat(after.smallestEigenvalue().orElseThrow()).isCloseTo(1.01, within(1e-12));
    assertThat(near.asked).isZero();
    for (Nearby other : List.of(left.fromElsewhere(), left.withoutDiagonal())) {
      LinearSolver.auto(1e-10).near(other).prepare(near).solve(b).orThrow();
    }
    assertThat(near.asked).isEqualTo(2);
    Curvature larger = new Curvature(Matrix.filled(700, 1, 3), true);
    LinearSolver.auto(1e-10).near(left).prepare(larger).solve(Matrix.filled(700, 1, 1)).orThrow();
    assertThat(larger.asked).isEqualTo(1);
  }
}
