package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tacit.bilevel.Shrinkage.WIDE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;

/** Outer problems whose minimisers are known: found, or the reason said why not. */
class HypergradientDescentTest {
  private static final Matrix C = Matrix.column(4, 2, -3);
  private static final Matrix D = Matrix.column(1, 1.5, -2);

  @ParameterizedTest
  @ValueSource(doubles = {-8, -1, 0.5, 4})
  void oneRidgePenaltyFindsItsMinimiser(double start) {
    BilevelResult found = Shrinkage.ridge(1, C, D).tuned(WIDE, Matrix.scalar(start));
    double best = Math.log(C.dot(C) / C.dot(D) - 1);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().value()).isCloseTo(best, within(1e-5));
    double shrunk = 1 / (1 + Math.exp(found.theta().value()));
    assertThat(found.inner().value().minus(C.times(shrunk)).norm()).isLessThan(1e-9);
    assertThat(Shrinkage.values(found)).isNotEmpty();
    assertThat(found.hypergradient().outerValue())
        .isCloseTo(0.5 * Math.pow(C.times(shrunk).minus(D).norm(), 2), within(1e-9));
  }

  @Test
  void theHypergradientOfTheFirstStepIsTheClosedForm() {
    double theta = 0.7;
    OuterStopping once = new OuterStopping(0, 1, 1e-12);
    BilevelResult found =
        Shrinkage.ridge(1, C, D).tuned(WIDE, once, Matrix.scalar(theta), Auto::of);
    double s = 1 / (1 + Math.exp(theta));
    double expected = -s * (1 - s) * C.times(s).minus(D).dot(C);
    assertThat(Math.abs(expected)).isGreaterThan(0.1);
    assertThat(found.history().get(0).projectedGradientNorm())
        .isCloseTo(Math.abs(expected), within(1e-3 * Math.abs(expected)));
    assertThat(found.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(found.reason()).contains("all 1 steps");
    assertThat(found.history()).hasSize(2);
  }

  @Test
  void manyRidgePenaltiesFindTheirs() {
    BilevelResult found = Shrinkage.ridge(3, C, D).tuned(WIDE, Matrix.filled(3, 1, -4));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    for (int j = 0; j < 3; j++) {
      assertThat(found.theta().at(j)).isCloseTo(Math.log(C.at(j) / D.at(j) - 1), within(1e-3));
    }
    assertThat(found.hypergradient().outerValue()).isLessThan(1e-8);
  }

  @Test
  void aMinimumOnABoundIsFoundThere() {
    Bounds bounds = new Bounds(1.5, 5);
    BilevelResult found = Shrinkage.ridge(1, C, D).tuned(bounds, Matrix.scalar(4));
    assertThat(found.theta().value()).isEqualTo(1.5);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.hypergradient().gradient().value()).isGreaterThan(0.1);
  }

  @Test
  void aStartOnTheBoundThatIsTheMinimumStays() {
    Bounds bounds = new Bounds(1.5, 5);
    BilevelResult found = Shrinkage.ridge(1, C, D).tuned(bounds, Matrix.scalar(1.5));
    assertThat(found.theta().value()).isEqualTo(1.5);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.history()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {12, -20.5, Double.NaN})
  void aStartOutsideTheBoundsIsRefusedByName(double outside) {
    assertThatThrownBy(() -> Shrinkage.ridge(3, C, D).tuned(WIDE, Matrix.column(0, outside, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid start: theta[1] = "
                + outside
                + " (must be in the bounds [-20.0, 10.0]: start inside, or widen them)");
  }

  @Test
  void aFlatDirectionStaysWhereItStarted() {
    Matrix c = Matrix.column(4, 0);
    BilevelResult found =
        Shrinkage.ridge(2, c, Matrix.column(1, 0)).tuned(WIDE, Matrix.column(-1, 2.5));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().at(0)).isCloseTo(Math.log(3), within(1e-4));
    assertThat(found.theta().at(1)).isEqualTo(2.5);
  }

  @Test
  void aLossThatDoesNotDependOnThetaIsNotConverged() {
    Matrix none = Matrix.column(0, 0);
    BilevelResult found =
        Shrinkage.ridge(1, none, Matrix.column(1, 2)).tuned(WIDE, Matrix.scalar(1));
    assertThat(found.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(found.reason()).contains("exactly zero at the start").contains("another theta");
    assertThat(found.theta().value()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 2})
  void aLassoThatStartsAtNothingSaysSo(double above) {
    BilevelResult found =
        Shrinkage.lasso(Matrix.column(4), Matrix.column(1))
            .tuned(WIDE, Matrix.scalar(Math.log(4) + above));
    assertThat(found.outcome()).isNotEqualTo(Outcome.CONVERGED);
    assertThat(found.reason()).contains("exactly zero at the start");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 0.5, 5})
  void aLassoThatStartsBelowDescends(double below) {
    BilevelResult found =
        Shrinkage.lasso(Matrix.column(4), Matrix.column(1))
            .tuned(WIDE, Matrix.scalar(Math.log(4) - below));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().value()).isCloseTo(Math.log(3), within(1e-4));
  }

  @Test
  void aMinimumOnAKinkIsNotTrusted() {
    double kink = Math.log(2);
    BilevelResult found =
        Shrinkage.lasso(Matrix.column(4, 2), Matrix.column(3, 0))
            .tuned(new Bounds(kink, 5), Matrix.scalar(1.2));
    assertThat(found.theta().value()).isEqualTo(kink);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.NOT_TRUSTED);
    assertThat(found.reason()).contains("kink");
  }

  @Test
  void aCornerOfTheLossIsReachedAndReturned() {
    Shrinkage corner = Shrinkage.identity(1, (x, theta) -> x.minus(0.3).abs().sum().plus(1));
    BilevelResult found = corner.tuned(WIDE, Matrix.scalar(-4));
    assertThat(found.hypergradient().outerValue()).isCloseTo(1, within(1e-4));
    assertThat(found.hypergradient().outerValue())
        .isLessThanOrEqualTo(Shrinkage.values(found).stream().min(Double::compare).get() + 1e-9);
  }
}
