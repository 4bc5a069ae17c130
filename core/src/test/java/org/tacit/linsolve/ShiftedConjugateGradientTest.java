package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

class ShiftedConjugateGradientTest {
  private static final List<Double> PATH = List.of(1.0, 0.0, 1e-3, 1e-6, 1e8, 0.1);

  private static CountedOperator system(double condition) {
    Matrix values = RandomMatrix.spectrum(80, condition);
    return CountedOperator.of(
        new DenseOperator(
            RandomMatrix.symmetric(values, new Random(2)), Structure.POSITIVE_DEFINITE));
  }

  @Test
  void everyShiftIsSolvedByTheProductsOfTheSmallest() {
    CountedOperator a = system(1e3);
    Matrix b = RandomMatrix.normal(80, 1, new Random(3)).times(1e-170);
    List<Solution> path = new ShiftedConjugateGradient(1e-11, 1000).solve(a, b, PATH);
    int products = a.count();
    for (int k = 0; k < PATH.size(); k++) {
      Matrix shifted = a.apply(Matrix.identity(80)).plus(Matrix.identity(80).times(PATH.get(k)));
      Matrix x = Factorisation.lu(shifted).solve(b);
      assertThat(path.get(k).orThrow().minus(x).norm()).isLessThan(1e-8 * x.norm());
      double residual = b.minus(shifted.times(path.get(k).value())).norm() / b.norm();
      assertThat(Math.abs(path.get(k).relativeResidual() - residual)).isLessThan(1e-13);
      assertThat(path.get(k).iterations()).isEqualTo(products);
    }
    int before = a.count();
    LinearSolver.conjugateGradient(1e-11, 1000).prepare(a).solve(b);
    assertThat(products).isLessThanOrEqualTo(a.count() - before + 2);
  }

  @Test
  void aBudgetThatIsTooSmallIsSaidOfTheShiftsItConcerns() {
    CountedOperator a = system(1e5);
    Matrix b = RandomMatrix.normal(80, 1, new Random(3));
    List<Solution> path = new ShiftedConjugateGradient(1e-10, 10).solve(a, b, List.of(0.0, 100.0));
    assertThat(path.get(0).outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(path.get(1).outcome()).isEqualTo(Outcome.CONVERGED);
  }

  @Test
  void zeroNaNAndIndefiniteSystemsAreSaid() {
    CountedOperator a = system(10);
    ShiftedConjugateGradient method = new ShiftedConjugateGradient(1e-10, 100);
    Solution zero = method.solve(a, Matrix.zeros(80, 1), List.of(1.0)).get(0);
    assertThat(zero.orThrow()).isEqualTo(Matrix.zeros(80, 1));
    assertThat(a.count()).isZero();
    Solution nan = method.solve(a, Matrix.filled(80, 1, Double.NaN), List.of(1.0)).get(0);
    assertThat(nan.outcome()).isEqualTo(Outcome.NOT_FINITE);
    DenseOperator negative =
        new DenseOperator(Matrix.identity(3).times(-1), Structure.POSITIVE_DEFINITE);
    Solution wrong = method.solve(negative, Matrix.filled(3, 1, 1), List.of(0.5)).get(0);
    assertThat(wrong.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
  }

  @Test
  void impossibleShiftsAndShapesAreRefused() {
    ShiftedConjugateGradient method = new ShiftedConjugateGradient(1e-10, 100);
    CountedOperator a = system(10);
    assertThatThrownBy(() -> method.solve(a, Matrix.zeros(80, 1), List.of(-1.0)))
        .hasMessage("Invalid shift: -1.0 (must be finite and >= 0)");
    assertThatThrownBy(() -> method.solve(a, Matrix.zeros(80, 2), List.of(1.0)))
        .hasMessage("Invalid right-hand side: 2 columns (must be 1)");
  }
}
