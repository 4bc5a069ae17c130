package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

class DenseFactorisationTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.dense(relativeTolerance);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.values());
  }

  private static Solution solve(Matrix a, Structure structure, Matrix b) {
    return LinearSolver.dense(1e-10).prepare(new DenseOperator(a, structure)).solve(b);
  }

  @Test
  void preparingCostsOneProductAndSolvingNone() {
    CountedOperator a =
        CountedOperator.of(
            new DenseOperator(Matrix.identity(300).times(2), Structure.POSITIVE_DEFINITE));
    PreparedSolver prepared = LinearSolver.dense(1e-10).prepare(a);
    assertThat(a.count()).isEqualTo(1);
    Solution solution = prepared.solve(Matrix.filled(300, 2, 1));
    assertThat(solution.orThrow()).isEqualTo(Matrix.filled(300, 2, 0.5));
    assertThat(solution.smallestEigenvalue().orElseThrow()).isCloseTo(2, within(1e-12));
    assertThat(a.count()).isEqualTo(1);
  }

  @Test
  void theMethodFollowsThePromise() {
    Matrix one = Matrix.filled(2, 1, 1);
    Matrix a = Matrix.of(2, 2, 2, 1, 1, 2);
    assertThat(solve(a, Structure.POSITIVE_DEFINITE, one).method()).isEqualTo("dense Cholesky");
    assertThat(solve(a, Structure.SYMMETRIC, one).method()).isEqualTo("dense LDL'");
    assertThat(solve(a, Structure.GENERAL, one).method()).isEqualTo("dense LU");
  }

  @ParameterizedTest
  @EnumSource(LinearSolver.DenseMethod.class)
  void everyMethodSolvesWhatItIsFor(LinearSolver.DenseMethod method) {
    Structure structure =
        method == LinearSolver.DenseMethod.LDL ? Structure.SYMMETRIC : Structure.GENERAL;
    LinearOperator a = LinearSolverLaws.system(structure, 1e6);
    Matrix x = RandomMatrix.normal(UNKNOWNS, 2, new Random(4));
    PreparedSolver prepared = LinearSolver.dense(1e-12, method).prepare(a);
    assertThat(prepared.solve(a.apply(x)).orThrow().minus(x).norm()).isLessThan(1e-8);
    Solution back = prepared.solveTransposed(a.transpose().apply(x));
    assertThat(back.orThrow().minus(x).norm()).isLessThan(1e-8);
    assertThat(back.smallestEigenvalue().orElseThrow()).isCloseTo(1e-6, within(1e-12));
    assertThat(back.method())
        .isEqualTo(method == LinearSolver.DenseMethod.BY_PROMISE ? "dense LU" : method.label());
  }

  @Test
  void anUnsymmetricMatrixIsNotForLdl() {
    Matrix a = Matrix.of(2, 2, 1, 2, 0, 1);
    Solution solution =
        LinearSolver.dense(1e-10, LinearSolver.DenseMethod.LDL)
            .prepare(new DenseOperator(a, Structure.GENERAL))
            .solve(Matrix.column(5, 2));
    assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    assertThat(solution.value()).isEqualTo(Matrix.column(1, 2));
  }

  @Test
  void aSingularSystemHasTheShortestLeastSquaresSolution() {
    Matrix a = Matrix.of(2, 2, 1, 1, 1, 1);
    for (Structure structure : Structure.values()) {
      Solution solution = solve(a, structure, Matrix.column(3, 1));
      assertThat(solution.outcome()).isEqualTo(Outcome.SINGULAR);
      assertThat(solution.method()).isEqualTo("dense least squares");
      assertThat(solution.value().minus(Matrix.column(1, 1)).maxAbs()).isLessThan(1e-14);
      assertThat(solution.residualNorm()).isCloseTo(Math.sqrt(2), within(1e-14));
      assertThat(solution.smallestEigenvalue().orElseThrow()).isLessThan(1e-15);
    }
  }

  @Test
  void unitsOfColumnsAreNoSingularity() {
    // S A S with S = diag(1e-6, 1e6): condition 1e24, but nothing is lost.
    Matrix a = Matrix.of(2, 2, 2e-12, 1, 1, 2e12);
    for (Structure structure : Structure.values()) {
      Solution solution = solve(a, structure, Matrix.column(3e-6, 3e6));
      assertThat(solution.orThrow().at(0)).isCloseTo(1e6, within(1e-8));
      assertThat(solution.value().at(1)).isCloseTo(1e-6, within(1e-20));
      assertThat(solution.smallestEigenvalue().orElseThrow()).isCloseTo(1.5e-12, within(1e-24));
    }
  }

  @Test
  void anUnsymmetricMatrixBreaksThePromiseOfSymmetry() {
    Solution solution =
        solve(Matrix.of(2, 2, 1, 2, 0, 1), Structure.SYMMETRIC, Matrix.column(5, 2));
    assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    assertThat(solution.value()).isEqualTo(Matrix.column(1, 2));
  }

  @Test
  void theSmallestSingularValueOfALargerSystemIsEstimatedFromAbove() {
    Matrix values = RandomMatrix.spectrum(300, 1e3);
    Matrix a = RandomMatrix.symmetric(values, new Random(9));
    Solution solution = solve(a, Structure.POSITIVE_DEFINITE, Matrix.filled(300, 1, 1));
    assertThat(solution.smallestEigenvalue().orElseThrow()).isBetween(0.000999999, 0.00105);
  }
}
