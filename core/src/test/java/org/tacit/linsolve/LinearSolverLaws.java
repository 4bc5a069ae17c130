package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/**
 * What every method for linear systems keeps, for each structure it takes. A new method supplies
 * itself and its structures.
 */
public interface LinearSolverLaws {
  int UNKNOWNS = 40;

  /** The method under test, with this tolerance and at most this many iterations. */
  LinearSolver solver(double relativeTolerance, int maxIterations);

  /** What methods count products by. */
  static LinearOperator counted(LinearOperator a) {
    return CountedOperator.of(a);
  }

  /** The structures it takes. */
  Set<Structure> structures();

  /** The largest condition whose systems it is to solve to 12 digits of residual. */
  default double worstCondition() {
    return 1e8;
  }

  /** Whether its own working needs the structure that the operator promises. */
  default boolean reliesOnThePromise() {
    return true;
  }

  /** The least that it may say of a smallest singular value of 0.01. */
  default double smallestAllowed() {
    return 0.01 * (1 - 1e-9);
  }

  /** The seeded system of a structure, of this condition. */
  static LinearOperator system(Structure structure, double condition) {
    Random random = new Random(20210531);
    Matrix values = RandomMatrix.spectrum(UNKNOWNS, condition);
    Matrix a =
        switch (structure) {
          case POSITIVE_DEFINITE -> RandomMatrix.symmetric(values, random);
          case SYMMETRIC -> RandomMatrix.symmetric(alternating(values), random);
          case GENERAL ->
              RandomMatrix.symmetric(values, random)
                  .times(RandomMatrix.orthogonal(UNKNOWNS, random));
        };
    return new DenseOperator(a, structure);
  }

  private static Matrix alternating(Matrix values) {
    double[] signed = values.toArray();
    for (int i = 1; i < signed.length; i += 2) {
      signed[i] = -signed[i];
    }
    return Matrix.column(signed);
  }

  private static Matrix normal(int cols) {
    return RandomMatrix.normal(UNKNOWNS, cols, new Random(3));
  }

  private boolean takes(Structure structure) {
    return structures().contains(structure);
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void severalRightSidesAreSolvedAtOnce(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, 100);
      Matrix x = normal(3);
      Solution solution = solver(1e-12, 1000).prepare(a).solve(a.apply(x));
      assertThat(solution.orThrow().minus(x).norm()).isLessThan(1e-9 * x.norm());
      assertThat(solution.relativeResidual()).isLessThanOrEqualTo(1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void transposedSystemsAreSolved(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, 100);
      Matrix x = normal(2);
      Matrix b = a.transpose().apply(x);
      Solution solution = solver(1e-12, 1000).prepare(a).solveTransposed(b);
      assertThat(solution.orThrow().minus(x).norm()).isLessThan(1e-9 * x.norm());
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void residualsAreThoseOfTheReturnedValue(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, 1e4);
      Matrix b = normal(1);
      for (int budget : new int[] {1, 5, 1000}) {
        Solution solution = solver(1e-10, budget).prepare(a).solve(b);
        double residual = b.minus(a.apply(solution.value())).norm();
        assertThat(Math.abs(solution.residualNorm() - residual)).isLessThan(1e-12 * b.norm());
        assertThat(Math.abs(solution.relativeResidual() - residual / b.norm())).isLessThan(1e-12);
        assertThat(solution.outcome().isConverged()).isEqualTo(residual <= 1e-10 * b.norm());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void productsAreCountedAsIterations(Structure structure) {
    if (takes(structure)) {
      CountedOperator a = CountedOperator.of(system(structure, 100));
      PreparedSolver prepared = solver(1e-10, 1000).prepare(a);
      assertThat(prepared.solve(normal(3)).iterations()).isEqualTo(a.count());
      int before = a.count();
      int second = prepared.solve(normal(2)).iterations();
      assertThat(second).as("of the second alone").isEqualTo(a.count() - before);
      before = a.count();
      int transposed = prepared.solveTransposed(normal(2)).iterations();
      assertThat(transposed).isEqualTo(a.count() - before);
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void startingAtTheSolutionCostsOneProductAtMost(Structure structure) {
    if (takes(structure)) {
      CountedOperator a = CountedOperator.of(system(structure, 100));
      Matrix x = normal(2);
      Matrix b = a.apply(x);
      PreparedSolver prepared = solver(1e-10, 1000).prepare(a);
      int before = a.count();
      Solution solution = prepared.solve(b, x);
      assertThat(a.count() - before).isLessThanOrEqualTo(1);
      assertThat(solution.orThrow().minus(x).norm()).isLessThan(1e-9 * x.norm());
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void aBadStartDoesNoHarm(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, 100);
      Matrix x = normal(1);
      PreparedSolver prepared = solver(1e-11, 1000).prepare(a);
      for (double size : new double[] {1e12, Double.NaN, Double.POSITIVE_INFINITY}) {
        Matrix start = Matrix.filled(UNKNOWNS, 1, size);
        Matrix found = prepared.solve(a.apply(x), start).orThrow();
        assertThat(found.minus(x).norm()).isLessThan(1e-8 * x.norm());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void zeroRightSidesHaveZeroSolutionsAtNoCost(Structure structure) {
    if (takes(structure)) {
      CountedOperator a = CountedOperator.of(system(structure, 100));
      PreparedSolver prepared = solver(1e-10, 1000).prepare(a);
      int before = a.count();
      Solution solution = prepared.solve(Matrix.zeros(UNKNOWNS, 2), normal(2));
      assertThat(solution.orThrow()).isEqualTo(Matrix.zeros(UNKNOWNS, 2));
      assertThat(solution.residualNorm()).isZero();
      assertThat(a.count()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void tinyAndHugeRightSidesAreSolvedTogether(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, 100);
      Matrix x = normal(1);
      Matrix b = a.apply(x);
      Matrix all = Matrix.beside(java.util.List.of(b.times(1e-200), b, b.times(1e200)));
      Matrix found = solver(1e-12, 1000).prepare(a).solve(all).orThrow();
      for (int j = 0; j < 3; j++) {
        Matrix scaled = found.columnAt(j).times(Math.pow(10, 200 * (1 - j)));
        assertThat(scaled.minus(x).norm()).isLessThan(1e-9 * x.norm());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void illConditionedSystemsAreSolved(Structure structure) {
    if (takes(structure)) {
      LinearOperator a = system(structure, worstCondition());
      Matrix x = normal(1);
      Solution solution = solver(1e-12, 10_000).prepare(a).solve(a.apply(x));
      assertThat(solution.orThrow().minus(x).norm())
          .isLessThan(1e-11 * worstCondition() * x.norm());
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void theSmallestEigenvalueIsNotUnderestimated(Structure structure) {
    if (takes(structure)) {
      Solution solution = solver(1e-10, 1000).prepare(system(structure, 100)).solve(normal(1));
      solution
          .smallestEigenvalue()
          .ifPresent(s -> assertThat(s).isBetween(smallestAllowed(), 0.02));
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void aSingularSystemWithoutSolutionIsNotConverged(Structure structure) {
    if (takes(structure)) {
      double[] values = RandomMatrix.spectrum(UNKNOWNS, 100).toArray();
      values[UNKNOWNS - 1] = 0;
      Matrix a = RandomMatrix.symmetric(Matrix.column(values), new Random(5));
      PreparedSolver prepared = solver(1e-10, 1000).prepare(new DenseOperator(a, structure));
      Solution solution = prepared.solve(normal(1));
      assertThat(solution.outcome()).isNotEqualTo(Outcome.CONVERGED);
      assertThat(solution.relativeResidual()).isLessThan(1);
      assertThat(solution.value().isFinite()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void aSingularSystemWithASolutionIsSolvedOrSaid(Structure structure) {
    if (takes(structure)) {
      double[] values = RandomMatrix.spectrum(UNKNOWNS, 100).toArray();
      values[UNKNOWNS - 1] = 0;
      Matrix a = RandomMatrix.symmetric(Matrix.column(values), new Random(5));
      Matrix b = a.times(normal(1));
      Solution solution = solver(1e-8, 1000).prepare(new DenseOperator(a, structure)).solve(b);
      assertThat(solution.outcome()).isIn(Outcome.CONVERGED, Outcome.SINGULAR);
      assertThat(b.minus(a.times(solution.value())).norm()).isLessThan(1.01e-8 * b.norm());
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void saddlePointsAreSolved(Structure structure) {
    if (takes(structure) && structure != Structure.POSITIVE_DEFINITE) {
      LinearOperator a = new DenseOperator(saddlePoint(), structure);
      Matrix x = normal(2);
      Solution solution = solver(1e-12, 2000).prepare(a).solve(a.apply(x));
      assertThat(solution.orThrow().minus(x).norm()).isLessThan(1e-8 * x.norm());
    }
  }

  /** The matrix (H G'; G 0) of a quadratic problem with as many rows of G as a quarter of all. */
  private static Matrix saddlePoint() {
    int rows = UNKNOWNS / 4;
    int unknowns = UNKNOWNS - rows;
    Random random = new Random(11);
    Matrix h = RandomMatrix.symmetric(RandomMatrix.spectrum(unknowns, 100), random);
    Matrix g = RandomMatrix.normal(rows, unknowns, random).times(0.2);
    double[] elements = new double[UNKNOWNS * UNKNOWNS];
    for (int i = 0; i < UNKNOWNS; i++) {
      for (int j = 0; j < UNKNOWNS; j++) {
        boolean isInH = i < unknowns && j < unknowns;
        elements[i * UNKNOWNS + j] =
            isInH
                ? h.at(i, j)
                : i >= unknowns && j >= unknowns
                    ? 0
                    : g.at(Math.max(i, j) - unknowns, Math.min(i, j));
      }
    }
    return Matrix.of(UNKNOWNS, UNKNOWNS, elements);
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void aRightSideThatIsNotFiniteIsSaid(Structure structure) {
    if (takes(structure)) {
      Matrix b = Matrix.filled(UNKNOWNS, 1, Double.NaN);
      Solution solution = solver(1e-10, 100).prepare(system(structure, 10)).solve(b);
      assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
      assertThatThrownBy(solution::orThrow).hasMessageContaining("not finite");
    }
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  default void anOperatorThatIsNotFiniteIsSaid(Structure structure) {
    if (takes(structure)) {
      Matrix a = Matrix.filled(UNKNOWNS, UNKNOWNS, Double.NaN);
      Solution solution =
          solver(1e-10, 100).prepare(new DenseOperator(a, structure)).solve(normal(1));
      assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    }
  }

  @Test
  default void aBrokenPromiseIsSaid() {
    LinearOperator indefinite = system(Structure.SYMMETRIC, 10);
    Matrix a = indefinite.apply(Matrix.identity(UNKNOWNS));
    if (takes(Structure.POSITIVE_DEFINITE)) {
      Solution solution =
          solver(1e-10, 1000)
              .prepare(new DenseOperator(a, Structure.POSITIVE_DEFINITE))
              .solve(normal(1));
      if (reliesOnThePromise()) {
        assertThat(solution.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
        assertThatThrownBy(solution::orThrow).hasMessageContaining("promise a weaker structure");
      } else {
        assertThat(a.times(solution.orThrow()).minus(normal(1)).norm()).isLessThan(1e-8);
      }
    }
  }

  @Test
  default void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> solver(-1, 10)).hasMessage("Invalid tolerance: -1.0 (must be > 0)");
  }
}
