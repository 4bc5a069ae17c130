package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tacit.bilevel.Shrinkage.WIDE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** Outer problems whose minimisers are known: found, or the reason said why not. */
public interface OuterOptimiserLaws extends OuterProblems {
  Matrix C = Matrix.column(4, 2, -3);
  Matrix D = Matrix.column(1, 1.5, -2);

  @ParameterizedTest
  @ValueSource(doubles = {-8, -1, 0.5, 4})
  default void oneRidgePenaltyFindsItsMinimiser(double start) {
    BilevelResult found = ridge(1, C, D).tuned(WIDE, Matrix.scalar(start));
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
  default void theHypergradientOfTheFirstStepIsTheClosedForm() {
    double theta = 0.7;
    OuterStopping once = new OuterStopping(0, 1, 1e-12);
    BilevelResult found =
        ridge(1, C, D).tuned(WIDE, once, Matrix.scalar(theta), LinearSolver::auto);
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
  default void manyRidgePenaltiesFindTheirs() {
    BilevelResult found = ridge(3, C, D).tuned(WIDE, Matrix.filled(3, 1, -4));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    for (int j = 0; j < 3; j++) {
      assertThat(found.theta().at(j)).isCloseTo(Math.log(C.at(j) / D.at(j) - 1), within(1e-3));
    }
    assertThat(found.hypergradient().outerValue()).isLessThan(1e-8);
  }

  @Test
  default void aMinimumOnABoundIsFoundThere() {
    Bounds bounds = Bounds.of(1.5, 5);
    BilevelResult found = ridge(1, C, D).tuned(bounds, Matrix.scalar(4));
    assertThat(found.theta().value()).isEqualTo(1.5);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.hypergradient().gradient().value()).isGreaterThan(0.1);
  }

  @Test
  default void aStartOnTheBoundThatIsTheMinimumStays() {
    Bounds bounds = Bounds.of(1.5, 5);
    BilevelResult found = ridge(1, C, D).tuned(bounds, Matrix.scalar(1.5));
    assertThat(found.theta().value()).isEqualTo(1.5);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.history()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {12, -20.5, Double.NaN})
  default void aStartOutsideTheBoundsIsRefusedByName(double outside) {
    assertThatThrownBy(() -> ridge(3, C, D).tuned(WIDE, Matrix.column(0, outside, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid start: theta[1] = "
                + outside
                + " (must be in the bounds [-20.0, 10.0]: start inside, or widen them)");
  }

  /** Where L is linear there is no curvature, and the way down all the same. */
  @Test
  default void aLinearLossIsFollowedToItsBounds() {
    BilevelResult found =
        identity(2, (x, theta) -> x.sum()).tuned(Bounds.of(-2, 2), Matrix.column(0.4, -0.5));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta()).isEqualTo(Matrix.column(-2, -2));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-100, 1e-25, 1e-15, 1, 1e7, 1e14, 1e100})
  default void theUnitOfTheLossDoesNotMatter(double unit) {
    Matrix middle = Matrix.column(0.7, -0.4, 0.1);
    Shrinkage problem =
        identity(
            3, (x, theta) -> x.minus(Var.constant(middle)).square().sum().plus(0.3).times(unit));
    Matrix start = Matrix.column(0.4, 0.45, 0.3);
    for (Bounds bounds : List.of(WIDE, Bounds.of(0.25, Double.POSITIVE_INFINITY))) {
      BilevelResult found = problem.tuned(bounds, start);
      assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
      assertThat(found.theta().minus(bounds.clip(middle)).norm()).isLessThan(5e-3);
    }
  }

  @Test
  default void aFlatDirectionStaysWhereItStarted() {
    Matrix c = Matrix.column(4, 0);
    BilevelResult found = ridge(2, c, Matrix.column(1, 0)).tuned(WIDE, Matrix.column(-1, 2.5));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().at(0)).isCloseTo(Math.log(3), within(1e-4));
    assertThat(found.theta().at(1)).isEqualTo(2.5);
  }

  @Test
  default void aLossThatDoesNotDependOnThetaIsNotConverged() {
    Matrix none = Matrix.column(0, 0);
    BilevelResult found = ridge(1, none, Matrix.column(1, 2)).tuned(WIDE, Matrix.scalar(1));
    assertThat(found.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(found.reason()).contains("exactly zero at the start").contains("another theta");
    assertThat(found.theta().value()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 2})
  default void aLassoThatStartsAtNothingSaysSo(double above) {
    BilevelResult found =
        lasso(Matrix.column(4), Matrix.column(1)).tuned(WIDE, Matrix.scalar(Math.log(4) + above));
    assertThat(found.outcome()).isNotEqualTo(Outcome.CONVERGED);
    assertThat(found.reason()).contains("exactly zero at the start");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 0.5, 5})
  default void aLassoThatStartsBelowDescends(double below) {
    BilevelResult found =
        lasso(Matrix.column(4), Matrix.column(1)).tuned(WIDE, Matrix.scalar(Math.log(4) - below));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().value()).isCloseTo(Math.log(3), within(1e-4));
  }

  @Test
  default void aMinimumOnAKinkIsNotTrusted() {
    double kink = Math.log(2);
    BilevelResult found =
        lasso(Matrix.column(4, 2), Matrix.column(3, 0))
            .tuned(Bounds.of(kink, 5), Matrix.scalar(1.2));
    assertThat(found.theta().value()).isEqualTo(kink);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.NOT_TRUSTED);
    assertThat(found.reason()).contains("kink");
  }

  @Test
  default void aCornerOfTheLossIsReachedAndReturned() {
    Shrinkage corner = identity(1, (x, theta) -> x.minus(0.3).abs().sum().plus(1));
    BilevelResult found = corner.tuned(WIDE, Matrix.scalar(-4));
    assertThat(found.hypergradient().outerValue()).isCloseTo(1, within(1e-4));
    assertThat(found.hypergradient().outerValue())
        .isLessThanOrEqualTo(Shrinkage.values(found).stream().min(Double::compare).get() + 1e-9);
  }

  @Test
  default void eachThetaHasBoundsOfItsOwn() {
    Bounds bounds = new Bounds(Matrix.column(1.5, -20, -9), Matrix.column(5, -2, 9));
    BilevelResult found = ridge(3, C, D).tuned(bounds, Matrix.column(4, -4, 0));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().at(0)).isEqualTo(1.5);
    assertThat(found.theta().at(1)).isEqualTo(-2);
    assertThat(found.theta().at(2)).isCloseTo(Math.log(0.5), within(1e-3));
  }

  /** The loss falls steeply along it all the same. */
  @ParameterizedTest
  @ValueSource(doubles = {4, 400})
  default void aThetaWhoseBoundsAreOneIsHeldAndTheOthersAreTuned(double scale) {
    Matrix c = Matrix.column(scale, 2, -3);
    Matrix d = Matrix.column(scale / (1 + Math.exp(-1.5)) - 0.5, 1.5, -2);
    Bounds bounds = new Bounds(Matrix.column(-1.5, -20, -20), Matrix.column(-1.5, 10, 10));
    BilevelResult found = ridge(3, c, d).tuned(bounds, Matrix.column(-1.5, -4, 2));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.history()).allMatch(step -> step.theta().at(0) == -1.5);
    assertThat(found.theta().at(0)).isEqualTo(-1.5);
    assertThat(found.theta().at(1)).isCloseTo(Math.log(2 / 1.5 - 1), within(1e-3));
    assertThat(found.theta().at(2)).isCloseTo(Math.log(3 / 2.0 - 1), within(1e-3));
    assertThat(Math.abs(found.hypergradient().gradient().at(0))).isGreaterThan(0.1);
  }

  @Test
  default void whereEveryThetaIsHeldTheStartIsTheEnd() {
    Matrix held = Matrix.column(-1, 0.5, 2);
    BilevelResult found = ridge(3, C, D).tuned(new Bounds(held, held), held);
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta()).isEqualTo(held);
    assertThat(found.history()).hasSize(1);
  }

  @Test
  default void boundsThatHoldNothingAreRefused() {
    assertThatThrownBy(() -> Bounds.of(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid bounds: [1.0, -1.0] (must be low <= high, and finite where these are equal)");
    double infinity = Double.POSITIVE_INFINITY;
    assertThatThrownBy(() -> Bounds.of(infinity, infinity))
        .hasMessageContaining("[Infinity, Infinity] (must be low <= high");
    assertThatThrownBy(() -> Bounds.of(Double.NaN, 1)).hasMessageContaining("[NaN, 1.0]");
  }

  @Test
  default void boundsOfAnotherLengthAreRefused() {
    Bounds two = new Bounds(Matrix.column(-1, -1), Matrix.column(1, 1));
    assertThatThrownBy(() -> ridge(3, C, D).tuned(two, Matrix.zeros(3, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid bounds: 2 intervals (must be 1, or 3, one for each theta)");
  }

  /** A state is all there is: resumed from it, on tables read anew, nothing differs by a bit. */
  @Test
  default void whoeverResumesFromAnyStateFindsTheSame() {
    Shrinkage problem = ridge(3, C, D);
    OuterOptimiser method = optimiser(Shrinkage.UNTIL);
    List<OuterState> states =
        problem.on(
            WIDE,
            LinearSolver::auto,
            function -> {
              List<OuterState> all = new ArrayList<>();
              all.add(method.init(function, Matrix.filled(3, 1, -4)));
              while (!method.isDone(all.get(all.size() - 1))) {
                all.add(method.next(function, all.get(all.size() - 1)));
              }
              return all;
            });
    BilevelResult whole = states.get(states.size() - 1).result().orElseThrow();
    assertThat(states.size()).isGreaterThan(3);
    for (OuterState from : states) {
      BilevelResult resumed =
          problem.on(WIDE, LinearSolver::auto, function -> end(method, function, from));
      assertThat(resumed.theta()).isEqualTo(whole.theta());
      assertThat(resumed.inner().value()).isEqualTo(whole.inner().value());
      assertThat(resumed.hypergradient().gradient()).isEqualTo(whole.hypergradient().gradient());
      assertThat(resumed.certificate()).isEqualTo(whole.certificate());
      assertThat(resumed.history()).isEqualTo(whole.history());
    }
  }

  @Test
  default void anEndedStateStaysAsItIs() {
    OuterOptimiser method = optimiser(Shrinkage.UNTIL);
    ridge(1, C, D)
        .on(
            WIDE,
            LinearSolver::auto,
            function -> {
              OuterState state = method.init(function, Matrix.scalar(0.5));
              while (!method.isDone(state)) {
                state = method.next(function, state);
              }
              assertThat(method.next(function, state)).isSameAs(state);
              return state;
            });
  }

  @Test
  default void aStateThatDoesNotFitIsRefusedByName() {
    OuterOptimiser method = optimiser(Shrinkage.UNTIL);
    OuterState three = begun(method, ridge(3, C, D), Matrix.filled(3, 1, -4));
    assertThatThrownBy(() -> next(method, ridge(1, C, D), WIDE, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid state: of 3 thetas and 3 unknowns (must be of the problem's 1 and 3: go on"
                + " from a state of this problem, or start anew)");
    OuterState one = begun(method, ridge(1, C, D), Matrix.scalar(-4));
    assertThatThrownBy(
            () -> next(method, ridge(1, Matrix.column(4, 2), Matrix.column(1, 1)), WIDE, one))
        .hasMessageContaining("of 1 thetas and 3 unknowns (must be of the problem's 1 and 2");
    assertThatThrownBy(() -> next(method, ridge(1, C, D), Bounds.of(-1, 1), one))
        .hasMessageContaining("theta[0] = -4.0 (must be in the bounds [-1.0, 1.0]");
    List<OuterOptimiser> all =
        List.of(
            OuterOptimiser.adaptiveGradient(Shrinkage.UNTIL),
            OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL),
            OuterOptimiser.trustRegionNewton(Shrinkage.UNTIL));
    for (OuterOptimiser other : all) {
      if (!other.equals(method)) {
        assertThatThrownBy(() -> next(other, ridge(1, C, D), WIDE, one))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Invalid state: of another optimiser than " + other.name());
      }
    }
  }

  private static OuterState begun(OuterOptimiser method, Shrinkage problem, Matrix start) {
    return problem.on(WIDE, LinearSolver::auto, function -> method.init(function, start));
  }

  private static OuterState next(
      OuterOptimiser method, Shrinkage problem, Bounds bounds, OuterState from) {
    return problem.on(bounds, LinearSolver::auto, function -> method.next(function, from));
  }

  @Test
  default void boundsThatAreNoColumnsAreRefused() {
    Matrix low = Matrix.of(1, 3, -1, -2, -3);
    assertThatThrownBy(() -> new Bounds(low, low.plus(1, low.map(e -> 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid bounds: 1 x 3 lower and 1 x 3 upper ones (must be columns)");
  }

  private static BilevelResult end(OuterOptimiser method, OuterFunction function, OuterState from) {
    OuterState state = from;
    while (!method.isDone(state)) {
      state = method.next(function, state);
    }
    return state.result().orElseThrow();
  }
}
