package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

class ConjugateGradientTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.conjugateGradient(relativeTolerance, maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  private static DenseOperator diagonal(double... values) {
    double[] full = new double[values.length * values.length];
    for (int i = 0; i < values.length; i++) {
      full[i * values.length + i] = values[i];
    }
    return new DenseOperator(
        Matrix.of(values.length, values.length, full), Structure.POSITIVE_DEFINITE);
  }

  @Test
  void stepsAreTheNumberOfDistinctEigenvalues() {
    CountedOperator a = CountedOperator.of(diagonal(1, 1, 1, 4, 4, 9));
    Solution solution =
        LinearSolver.conjugateGradient(1e-12, 1000).prepare(a).solve(Matrix.filled(6, 1, 1));
    assertThat(solution.orThrow().at(5)).isCloseTo(1 / 9.0, within(1e-14));
    assertThat(a.count()).as("three steps and a check").isEqualTo(4);
    assertThat(solution.smallestEigenvalue().orElseThrow()).isCloseTo(1, within(1e-12));
  }

  @Test
  void columnsAdvanceInLockstepAndStopAlone() {
    CountedOperator a = CountedOperator.of(diagonal(1, 2, 3, 4));
    Matrix b =
        Matrix.beside(
            List.of(Matrix.column(1, 0, 0, 0), Matrix.filled(4, 1, 1), Matrix.zeros(4, 1)));
    Solution solution = LinearSolver.conjugateGradient(1e-12, 1000).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(a.count()).as("those of the slowest column").isEqualTo(5);
  }

  /** Where products are by column, too, company changes no bit. */
  @Test
  void columnsTogetherAreThoseAlone() {
    Matrix d = RandomMatrix.spectrum(60, 1e5);
    LinearOperator a = new Elementwise(d);
    Matrix b = RandomMatrix.normal(60, 4, new Random(4));
    Matrix start = RandomMatrix.normal(60, 4, new Random(5));
    PreparedSolver cg = LinearSolver.conjugateGradient(1e-13, 1000).prepare(a);
    Matrix together = cg.solve(b, start).orThrow();
    for (int j = 0; j < 4; j++) {
      assertThat(cg.solve(b.columnAt(j), start.columnAt(j)).orThrow())
          .isEqualTo(together.columnAt(j));
      assertThat(together.columnAt(j).with(d, (x, v) -> x * v).minus(b.columnAt(j)).norm())
          .isLessThan(1e-12 * b.columnAt(j).norm());
    }
  }

  /** diag(d), one element after the other. */
  private record Elementwise(Matrix d) implements LinearOperator {
    @Override
    public int rows() {
      return d.rows();
    }

    @Override
    public int cols() {
      return d.rows();
    }

    @Override
    public Matrix apply(Matrix x) {
      return Matrix.beside(
          IntStream.range(0, x.cols())
              .mapToObj(j -> x.columnAt(j).with(d, (v, by) -> v * by))
              .toList());
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }
  }

  @Test
  void driftIsRepairedFromTheTrueResidual() {
    // Over hundreds of steps at this condition the recursive residual runs away from the true one.
    Matrix values = RandomMatrix.spectrum(60, 1e6);
    CountedOperator a =
        CountedOperator.of(
            new DenseOperator(
                RandomMatrix.symmetric(values, new Random(2)), Structure.POSITIVE_DEFINITE));
    Matrix b = a.apply(RandomMatrix.normal(60, 1, new Random(3)));
    Solution solution = LinearSolver.conjugateGradient(1e-14, 1000).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(b.minus(a.apply(solution.value())).norm()).isLessThan(1.01e-14 * b.norm());
    assertThat(solution.iterations()).isLessThan(700);
  }

  @Test
  void beyondPrecisionItStalls() {
    DenseOperator a =
        new DenseOperator(
            RandomMatrix.symmetric(RandomMatrix.spectrum(60, 1e6), new Random(2)),
            Structure.POSITIVE_DEFINITE);
    Matrix b = RandomMatrix.normal(60, 1, new Random(3));
    Solution solution = LinearSolver.conjugateGradient(1e-15, 100_000).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(solution.relativeResidual()).isLessThan(1e-8);
    assertThat(solution.iterations()).isLessThan(1500);
  }

  @Test
  void theBudgetBoundsTheSteps() {
    CountedOperator a =
        CountedOperator.of(LinearSolverLaws.system(Structure.POSITIVE_DEFINITE, 1e4));
    Matrix b = RandomMatrix.normal(UNKNOWNS, 1, new Random(3));
    Solution solution = LinearSolver.conjugateGradient(1e-12, 1).prepare(a).solve(b);
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(a.count()).as("a step and the check").isEqualTo(2);
  }

  @Test
  void negativeCurvatureIsSaidAtOnce() {
    CountedOperator a = CountedOperator.of(diagonal(-1, -2, -3));
    Solution solution =
        LinearSolver.conjugateGradient(1e-10, 1000).prepare(a).solve(Matrix.filled(3, 1, 1));
    assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    assertThat(solution.value()).isEqualTo(Matrix.zeros(3, 1));
    assertThat(a.count()).isEqualTo(1);
  }

  @Test
  void otherStructuresAreRefused() {
    DenseOperator a = new DenseOperator(Matrix.identity(2), Structure.SYMMETRIC);
    assertThatThrownBy(() -> LinearSolver.conjugateGradient(1e-10, 1000).prepare(a))
        .hasMessageStartingWith("Invalid structure: SYMMETRIC (CG needs POSITIVE_DEFINITE");
    assertThatThrownBy(() -> LinearSolver.conjugateGradient(1e-10, 0))
        .hasMessage("Invalid max iterations: 0 (must be >= 1)");
  }
}
