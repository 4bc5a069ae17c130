package org.tacit.breeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

class FactorisationTest {
  private final Random random = new Random(7);

  private Matrix random(int rows, int cols) {
    double[] elements = new double[rows * cols];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = random.nextGaussian();
    }
    return Matrix.adopting(rows, cols, elements);
  }

  @Test
  void luSolvesForTheMatrixAndItsTranspose() {
    for (int n : new int[] {1, 2, 7, 60}) {
      Matrix a = random(n, n);
      Matrix x = random(n, 3);
      Factorisation lu = LapackFactors.lu(a);
      assertThat(lu.solve(a.times(x)).minus(x).maxAbs()).isLessThan(1e-9);
      assertThat(lu.solveTransposed(a.transpose().times(x)).minus(x).maxAbs()).isLessThan(1e-9);
    }
  }

  /** From 64 on, native LAPACKs of several threads take more stack than a thread of a JVM has. */
  @Test
  void largerMatricesAreFactorisedOnAThreadOfOrdinaryStack() {
    Matrix g = random(300, 300);
    Matrix x = random(300, 2);
    for (Factorisation of :
        List.of(LapackFactors.lu(g), LapackFactors.qr(g), SingularValues.of(g))) {
      assertThat(of.solve(g.times(x)).minus(x).maxAbs()).isLessThan(1e-9);
    }
    Matrix symmetric = g.plus(g.transpose());
    Matrix solved = LapackFactors.symmetric(symmetric).solve(symmetric.times(x));
    assertThat(solved.minus(x).maxAbs()).isLessThan(1e-9);
  }

  @Test
  void choleskySolves() {
    for (int n : new int[] {1, 2, 7, 60}) {
      Matrix g = random(n, n);
      Matrix a = g.times(g.transpose()).plus(Matrix.identity(n));
      Matrix x = random(n, 3);
      Factorisation cholesky = LapackFactors.cholesky(a).orElseThrow();
      assertThat(cholesky.solve(a.times(x)).minus(x).maxAbs()).isLessThan(1e-10);
    }
  }

  @Test
  void choleskyRefusesAnIndefiniteMatrix() {
    assertThat(LapackFactors.cholesky(Matrix.of(2, 2, 1, 2, 2, 1))).isEmpty();
    assertThat(LapackFactors.cholesky(Matrix.of(1, 1, Double.NaN))).isEmpty();
  }

  @Test
  void reciprocalConditionOfADiagonal() {
    Matrix a = Matrix.of(2, 2, 4, 0, 0, 1e-6);
    assertThat(LapackFactors.lu(a).reciprocalCondition()).isCloseTo(2.5e-7, within(1e-20));
    assertThat(LapackFactors.cholesky(a).orElseThrow().reciprocalCondition())
        .isCloseTo(2.5e-7, within(1e-20));
    assertThat(SingularValues.of(a).reciprocalCondition()).isCloseTo(2.5e-7, within(1e-20));
    assertThat(LapackFactors.lu(Matrix.of(2, 2, 1, 1, 1, 1)).reciprocalCondition()).isZero();
  }

  @Test
  void singularSystemsAreSolvedByTheShortestLeastSquaresSolution() {
    SingularValues svd = SingularValues.of(Matrix.of(2, 2, 1, 2, 2, 4));
    assertThat(svd.rank()).isEqualTo(1);
    // A = [1,2]'[1,2], so A+ = A / 25.
    assertThat(svd.solve(Matrix.column(5, 0)).minus(Matrix.column(0.2, 0.4)).maxAbs())
        .isLessThan(1e-15);
    assertThat(svd.solveTransposed(Matrix.column(0, 5)).minus(Matrix.column(0.4, 0.8)).maxAbs())
        .isLessThan(1e-15);
  }

  @Test
  void singularValuesAreThoseOfAKnownMatrix() {
    // Of [[3,0],[4,5]]: 3 sqrt 5 and sqrt 5.
    Matrix a = Matrix.of(2, 2, 3, 0, 4, 5);
    Matrix expected = Matrix.column(3 * Math.sqrt(5), Math.sqrt(5));
    assertThat(SingularValues.valuesOf(a).minus(expected).maxAbs()).isLessThan(1e-14);
    assertThat(SingularValues.of(a).values().minus(expected).maxAbs()).isLessThan(1e-14);
  }

  @Test
  void singularValueDecompositionSolvesLargerSystems() {
    Matrix a = random(40, 40);
    Matrix x = random(40, 2);
    SingularValues svd = SingularValues.of(a);
    assertThat(svd.solve(a.times(x)).minus(x).maxAbs()).isLessThan(1e-9);
    assertThat(svd.solveTransposed(a.transpose().times(x)).minus(x).maxAbs()).isLessThan(1e-9);
  }

  @Test
  void eigenvaluesOfTheSecondDifference() {
    int n = 30;
    double[] diagonal = new double[n];
    double[] beside = new double[n - 1];
    double[] full = new double[n * n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = 2;
      full[i * n + i] = 2;
      if (i > 0) {
        beside[i - 1] = -1;
        full[i * n + i - 1] = -1;
        full[(i - 1) * n + i] = -1;
      }
    }
    Matrix banded = Eigenvalues.ofTridiagonal(diagonal, beside);
    Matrix dense = Eigenvalues.ofSymmetric(Matrix.adopting(n, n, full));
    for (int k = 0; k < n; k++) {
      double exact = 2 - 2 * Math.cos(Math.PI * (k + 1) / (n + 1));
      assertThat(banded.at(k)).isCloseTo(exact, within(1e-14));
      assertThat(dense.at(k)).isCloseTo(exact, within(1e-14));
    }
  }

  @Test
  void shapesAreChecked() {
    assertThatThrownBy(() -> LapackFactors.lu(Matrix.zeros(2, 3)))
        .hasMessage("Invalid matrix: 2 x 3 (must be square)");
    assertThatThrownBy(() -> LapackFactors.lu(Matrix.identity(2)).solve(Matrix.zeros(3, 1)))
        .hasMessage("Invalid right-hand side: 3 rows (must be 2)");
    assertThatThrownBy(() -> SingularValues.of(Matrix.of(1, 1, Double.NaN)))
        .hasMessageContaining("not a number");
  }
}
