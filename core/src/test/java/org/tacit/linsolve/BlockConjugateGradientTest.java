package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

class BlockConjugateGradientTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return LinearSolver.blockConjugateGradient(relativeTolerance, maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.POSITIVE_DEFINITE);
  }

  private static CountedOperator system(double condition) {
    Matrix values = RandomMatrix.spectrum(120, condition);
    return CountedOperator.of(
        new DenseOperator(
            RandomMatrix.symmetric(values, new Random(2)), Structure.POSITIVE_DEFINITE));
  }

  @Test
  void rightSidesShareTheirKrylovSpace() {
    CountedOperator a = system(1e4);
    Matrix b = RandomMatrix.normal(120, 12, new Random(3));
    Solution block = LinearSolver.blockConjugateGradient(1e-10, 1000).prepare(a).solve(b);
    int together = a.count();
    Solution alone = LinearSolver.conjugateGradient(1e-10, 1000).prepare(a).solve(b);
    assertThat(block.orThrow().minus(alone.orThrow()).norm())
        .isLessThan(1e-6 * alone.value().norm());
    assertThat(together).isLessThan((a.count() - together) / 3);
    assertThat(block.smallestEigenvalue().orElseThrow()).isBetween(0.999999e-4, 1.01e-4);
  }

  @Test
  void dependentRightSidesAreSolved() {
    CountedOperator a = system(1e3);
    Matrix x = RandomMatrix.normal(120, 2, new Random(3));
    Matrix sum = x.columnAt(0).plus(-3, x.columnAt(1));
    Matrix all = Matrix.beside(List.of(x, sum, x.columnAt(0), Matrix.zeros(120, 1)));
    Solution solution =
        LinearSolver.blockConjugateGradient(1e-12, 1000).prepare(a).solve(a.apply(all));
    assertThat(solution.orThrow().minus(all).norm()).isLessThan(1e-8 * all.norm());
  }

  @Test
  void asManyRightSidesAsUnknownsTakeOneStep() {
    CountedOperator a = system(1e3);
    Matrix inverse =
        LinearSolver.blockConjugateGradient(1e-10, 1000)
            .prepare(a)
            .solve(Matrix.identity(120))
            .orThrow();
    assertThat(a.count()).as("a step and the check").isEqualTo(2);
    assertThat(a.apply(inverse).minus(Matrix.identity(120)).maxAbs()).isLessThan(1e-10);
  }

  @Test
  void otherStructuresAreRefused() {
    DenseOperator a = new DenseOperator(Matrix.identity(2), Structure.SYMMETRIC);
    assertThatThrownBy(() -> LinearSolver.blockConjugateGradient(1e-10, 1000).prepare(a))
        .hasMessageStartingWith("Invalid structure: SYMMETRIC (block CG needs POSITIVE_DEFINITE");
  }
}
