package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.breeze.Eigenvalues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

class PreconditionerTest {
  private static final int N = 60;

  /** Ten large eigenvalues over a floor of 1e-4. */
  private static DenseOperator lowRank() {
    double[] values = new double[N];
    for (int i = 0; i < N; i++) {
      values[i] = 1e-4 + (i < 10 ? Math.pow(0.5, i) : 0);
    }
    return new DenseOperator(
        RandomMatrix.symmetric(Matrix.column(values), new Random(8)), Structure.POSITIVE_DEFINITE);
  }

  /** Eigenvalues that fall slowly to a floor of 1e-4. */
  private static DenseOperator decaying() {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 1e-4 + Math.pow(0.6, i));
    return new DenseOperator(
        RandomMatrix.symmetric(Matrix.column(values), new Random(8)), Structure.POSITIVE_DEFINITE);
  }

  private static Matrix normal(int cols) {
    return RandomMatrix.normal(N, cols, new Random(3));
  }

  private static List<QuasiNewtonPreconditioner.Pair> pairs(DenseOperator a, int count) {
    List<QuasiNewtonPreconditioner.Pair> pairs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Matrix s = normal(count).columnAt(j);
      pairs.add(new QuasiNewtonPreconditioner.Pair(s, a.apply(s)));
    }
    return pairs;
  }

  static Stream<Preconditioner> all() {
    return Stream.of(
        Preconditioner.none(),
        Preconditioner.diagonal(),
        Preconditioner.diagonal(Matrix.filled(N, 1, 2)),
        Preconditioner.estimatedDiagonal(5, 1),
        Preconditioner.blockDiagonal(
            List.of(
                RandomMatrix.symmetric(RandomMatrix.spectrum(20, 10), new Random(1)),
                RandomMatrix.symmetric(RandomMatrix.spectrum(40, 10), new Random(2)))),
        Preconditioner.blocksOfWidths(List.of(20, 25, 15)),
        Preconditioner.nystrom(15, 0, 1),
        Preconditioner.nystrom(15, 1e-4, 1),
        QuasiNewtonPreconditioner.of(pairs(lowRank(), 6)),
        Preconditioner.deflation(normal(5)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theInverseIsSymmetricAndPositiveDefinite(Preconditioner preconditioner) {
    Preconditioner.Prepared m = preconditioner.prepare(lowRank());
    Matrix inverse = m.apply(Matrix.identity(N));
    assertThat(inverse.minus(inverse.transpose()).maxAbs()).isLessThan(1e-9 * inverse.maxAbs());
    Matrix symmetric = inverse.plus(inverse.transpose()).times(0.5);
    Matrix values = Eigenvalues.ofSymmetric(symmetric);
    assertThat(values.at(0)).isPositive();
    m.smallestEigenvalue()
        .ifPresent(s -> assertThat(s).isLessThanOrEqualTo((1 + 1e-9) / values.at(N - 1)));
    Matrix column = m.apply(normal(3)).columnAt(1);
    assertThat(m.apply(normal(3).columnAt(1)).minus(column).norm())
        .isLessThan(1e-12 * column.norm());
  }

  @ParameterizedTest
  @MethodSource("all")
  void cgMinresAndGmresSolveWithItAndCountItsProducts(Preconditioner preconditioner) {
    Matrix x = normal(2);
    for (LinearSolver solver :
        List.of(
            LinearSolver.conjugateGradient(1e-11, 1000, preconditioner),
            LinearSolver.minres(1e-11, 1000, preconditioner),
            LinearSolver.gmres(1e-11, 1000, 60, preconditioner))) {
      CountedOperator a = CountedOperator.of(lowRank());
      Solution solution = solver.prepare(a).solve(lowRank().apply(x));
      assertThat(solution.orThrow().minus(x).norm()).isLessThan(1e-6 * x.norm());
      assertThat(solution.iterations()).isEqualTo(a.count());
    }
  }

  @Test
  void nystromTakesTheLargeEigenvaluesAway() {
    Matrix b = normal(1);
    int without =
        LinearSolver.conjugateGradient(1e-10, 1000).prepare(decaying()).solve(b).iterations();
    for (Preconditioner nystrom :
        List.of(Preconditioner.nystrom(20, 0, 1), Preconditioner.nystrom(20, 1e-4, 1))) {
      Solution solution =
          LinearSolver.conjugateGradient(1e-10, 1000, nystrom).prepare(decaying()).solve(b);
      assertThat(solution.orThrow().isFinite()).isTrue();
      assertThat(solution.iterations()).isLessThan(without / 2);
      assertThat(solution.smallestEigenvalue().orElseThrow()).isBetween(0.5e-4, 1.1e-4);
      assertThat(solution.method()).isEqualTo("CG with Nystrom(20)");
    }
  }

  @Test
  void anExactInverseTakesOneStep() {
    Matrix a = RandomMatrix.symmetric(RandomMatrix.spectrum(N, 1e3), new Random(1));
    DenseOperator operator = new DenseOperator(a, Structure.POSITIVE_DEFINITE);
    for (Preconditioner exact :
        List.of(
            Preconditioner.blockDiagonal(List.of(a)),
            Preconditioner.blocksOfWidths(List.of(N)),
            Preconditioner.nystrom(N, 0, 1),
            Preconditioner.deflation(Matrix.identity(N)))) {
      Solution solution =
          LinearSolver.conjugateGradient(1e-10, 1000, exact).prepare(operator).solve(normal(1));
      int prepared = exact.prepare(operator).products();
      assertThat(solution.orThrow().isFinite()).isTrue();
      assertThat(solution.iterations() - prepared).as(exact.name()).isEqualTo(2);
    }
  }

  @Test
  void quasiNewtonIsExactOnItsNewestPair() {
    DenseOperator a = lowRank();
    List<QuasiNewtonPreconditioner.Pair> pairs = pairs(a, 4);
    Preconditioner.Prepared m = QuasiNewtonPreconditioner.of(pairs).prepare(a);
    Matrix s = pairs.get(3).s();
    assertThat(m.apply(pairs.get(3).y()).minus(s).norm()).isLessThan(1e-10 * s.norm());
    Matrix t = pairs.get(2).s();
    assertThat(m.apply(pairs.get(2).y()).minus(t).norm()).isGreaterThan(1e-3 * t.norm());
  }

  @Test
  void conjugatePairsAreExactTogether() {
    double[] values = {5, 4, 3};
    Matrix a = Matrix.of(3, 3, 5, 0, 0, 0, 4, 0, 0, 0, 3);
    List<QuasiNewtonPreconditioner.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Matrix unit = Matrix.identity(3).columnAt(i);
      pairs.add(new QuasiNewtonPreconditioner.Pair(unit, unit.times(values[i])));
    }
    Preconditioner.Prepared m =
        QuasiNewtonPreconditioner.of(pairs)
            .prepare(new DenseOperator(a, Structure.POSITIVE_DEFINITE));
    assertThat(m.apply(Matrix.column(5, 4, 3)).minus(Matrix.filled(3, 1, 1)).maxAbs())
        .isLessThan(1e-14);
  }

  @Test
  void anInvariantBasisTakesItsEigenvaluesOut() {
    double[] values = new double[N];
    Arrays.fill(values, 1);
    for (int i = 0; i < 8; i++) {
      values[i] = 1e-3 * (i + 1);
    }
    double[] elements = new double[N * N];
    for (int i = 0; i < N; i++) {
      elements[i * (N + 1)] = values[i];
    }
    DenseOperator a =
        new DenseOperator(Matrix.adopting(N, N, elements), Structure.POSITIVE_DEFINITE);
    Preconditioner deflation = Preconditioner.deflation(Matrix.identity(N).columns(0, 8));
    CountedOperator counted = CountedOperator.of(a);
    LinearSolver.conjugateGradient(1e-10, 100, deflation)
        .prepare(counted)
        .solve(normal(1))
        .orThrow();
    assertThat(counted.count()).as("A W, two eigenvalues, the check").isEqualTo(4);
  }

  @Test
  void theDiagonalIsEstimatedWhereItIsNotKnown() {
    Matrix d = Matrix.column(1, 10, 100);
    Matrix a = Matrix.of(3, 3, 1, 0, 0, 0, 10, 0, 0, 0, 100);
    CountedOperator unknown =
        CountedOperator.of(new Unknown(new DenseOperator(a, Structure.POSITIVE_DEFINITE)));
    Preconditioner.Prepared m = Preconditioner.estimatedDiagonal(2, 1).prepare(unknown);
    assertThat(m.apply(d).minus(Matrix.filled(3, 1, 1)).maxAbs()).isLessThan(1e-14);
    assertThat(unknown.count()).isEqualTo(m.products());
    assertThat(m.smallestEigenvalue().orElseThrow()).isCloseTo(1, within(1e-14));
    assertThatThrownBy(() -> Preconditioner.diagonal().prepare(unknown))
        .hasMessageStartingWith("Invalid operator: it does not know its diagonal");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> Preconditioner.nystrom(0, 0, 1))
        .hasMessage("Invalid rank: 0 (must be >= 1)");
    assertThatThrownBy(() -> Preconditioner.nystrom(3, -1, 1))
        .hasMessage("Invalid mu: -1.0 (must be finite and >= 0)");
    assertThatThrownBy(() -> Preconditioner.nystrom(3, 10, 1).prepare(lowRank()))
        .hasMessageContaining("give a smaller mu");
    assertThatThrownBy(() -> Preconditioner.diagonal(Matrix.column(1, 0)))
        .hasMessage("Invalid diagonal: 0.0 at 1 (must be finite and > 0)");
    assertThatThrownBy(() -> Preconditioner.blocksOfWidths(List.of(3)).prepare(lowRank()))
        .hasMessage("Invalid blocks: 3 unknowns in all (must be 60)");
  }
}
