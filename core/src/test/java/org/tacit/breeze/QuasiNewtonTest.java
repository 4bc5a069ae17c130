package org.tacit.breeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;

class QuasiNewtonTest {
  private final List<Matrix> asked = new ArrayList<>();

  private Iterator<QuasiNewton.State> states(
      DoubleUnaryOperator value, DoubleUnaryOperator slope, double start) {
    return QuasiNewton.states(
        x -> {
          asked.add(x);
          double at = x.value();
          return new QuasiNewton.Point(
              value.applyAsDouble(at), Matrix.scalar(slope.applyAsDouble(at)));
        },
        new QuasiNewton.Start(Matrix.scalar(start), OptionalInt.empty()));
  }

  private static QuasiNewton.State last(Iterator<QuasiNewton.State> states) {
    QuasiNewton.State state = states.next();
    while (states.hasNext()) {
      state = states.next();
    }
    return state;
  }

  @Test
  void theStartIsTheFirstStateAndCostsOneEvaluation() {
    var states = states(x -> x * x, x -> 2 * x, 3);
    QuasiNewton.State first = states.next();
    assertThat(first.x().value()).isEqualTo(3);
    assertThat(first.value()).isEqualTo(9);
    assertThat(asked).hasSize(1);
  }

  @Test
  void valuesFallUntilTheLineSearchIsStuckAndNoPointIsAskedTwice() {
    var states = states(x -> Math.cosh(x - 1), x -> Math.sinh(x - 1), 4);
    QuasiNewton.State before = states.next();
    while (states.hasNext()) {
      QuasiNewton.State state = states.next();
      assertThat(state.value()).isLessThanOrEqualTo(before.value());
      before = state;
    }
    assertThat(before.isStuck()).isTrue();
    assertThat(before.x().value()).isCloseTo(1, within(1e-7));
    Set<Matrix> distinct = new HashSet<>(asked);
    assertThat(asked).hasSizeLessThan(30).hasSize(distinct.size());
    assertThatThrownBy(states::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void unitsOfPointAndValueMakeNoDifference() {
    double unit = 1e6;
    double x = last(states(z -> Math.cosh(z - 1), z -> Math.sinh(z - 1), 4)).x().value();
    int plain = asked.size();
    asked.clear();
    double scaled =
        last(states(
                z -> 1e-9 * Math.cosh(z / unit - 1),
                z -> 1e-9 / unit * Math.sinh(z / unit - 1),
                4 * unit))
            .x()
            .value();
    assertThat(scaled / unit).isCloseTo(x, within(1e-7));
    assertThat(asked.size()).isLessThan(plain + 10);
  }

  @Test
  void pointsOutsideTheDomainAreBackedOffFrom() {
    var states = states(x -> 3 * x - Math.log(x), x -> 3 - 1 / x, 0.9);
    assertThat(last(states).x().value()).isCloseTo(1 / 3.0, within(1e-6));
  }

  @Test
  void anUnboundedObjectiveGetsStuckAtLast() {
    QuasiNewton.State state = last(states(x -> -x, x -> -1, 0));
    assertThat(state.isStuck()).isTrue();
    assertThat(state.value()).isLessThan(-1e6);
    assertThat(asked).hasSizeLessThan(150);
  }

  @Test
  void aFlatGradientEndsAtOnce() {
    QuasiNewton.State state = last(states(x -> 1, x -> 0, 2));
    assertThat(state.isStuck()).isTrue();
    assertThat(asked).hasSize(1);
  }

  private static final int N = 30;

  /** unit^2 value (1/2 z'Az - b'z) in x = unit z, A of condition 1e3. */
  private QuasiNewton.Objective quadratic(double unit, double value) {
    Random random = new Random(5);
    Matrix a = RandomMatrix.symmetric(RandomMatrix.spectrum(N, 1e3), random);
    Matrix b = a.times(RandomMatrix.normal(N, 1, random));
    return x -> {
      asked.add(x);
      Matrix z = x.times(1 / unit);
      Matrix az = a.times(z);
      return new QuasiNewton.Point(
          unit * unit * value * (0.5 * z.dot(az) - b.dot(z)), az.minus(b).times(unit * value));
    };
  }

  /** Optimality of the box: zero gradient inside, pointing outwards on a bound. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1e6, 1e-9", "1e-5, 1e7"})
  void boundedStatesStayInsideAndEndWhereNoStepDescends(double unit, double value) {
    QuasiNewton.Objective objective = quadratic(unit, value);
    Matrix low = Matrix.filled(N, 1, -0.5 * unit);
    Matrix high =
        Matrix.identity(N).columns(0, 1).map(v -> v == 1 ? Double.POSITIVE_INFINITY : 0.3 * unit);
    Matrix start = Matrix.filled(N, 1, 4 * unit);
    QuasiNewton.State state =
        last(
            QuasiNewton.bounded(
                objective, new QuasiNewton.Start(start, OptionalInt.empty()), low, high));
    int held = 0;
    double first = objective.at(start.map(v -> 0)).gradient().norm();
    for (int i = 0; i < N; i++) {
      double x = state.x().at(i);
      assertThat(x).isBetween(low.at(i), high.at(i));
      double pull = -state.gradient().at(i);
      boolean isHeld = x == low.at(i) ? pull < 0 : x == high.at(i) && pull > 0;
      held += isHeld ? 1 : 0;
      assertThat(isHeld ? 0 : pull).isCloseTo(0, within(1e-5 * first));
    }
    assertThat(held).isBetween(5, N - 2);
    assertThat(asked).hasSizeLessThan(150);
    for (Matrix x : asked.subList(0, asked.size() - 1)) {
      assertThat(x.maxAbs()).isLessThanOrEqualTo(unit * 1e3);
      assertThat(x.with(low, Math::max)).isEqualTo(x);
      assertThat(x.with(high, Math::min)).isEqualTo(x);
    }
  }

  /** Zero is in the subdifferential at the end. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1e6, 1e-9", "1e-5, 1e7"})
  void orthantwiseStatesEndWhereNoStepDescends(double unit, double value) {
    QuasiNewton.Objective objective = quadratic(unit, value);
    double first = objective.at(Matrix.zeros(N, 1)).gradient().maxAbs();
    Matrix weights =
        Matrix.filled(N, 1, 0.2 * first)
            .with(Matrix.identity(N).columns(3, 4), (w, e) -> w * (1 - e));
    QuasiNewton.State state =
        last(
            QuasiNewton.orthantwise(
                objective,
                new QuasiNewton.Start(Matrix.filled(N, 1, unit), OptionalInt.empty()),
                weights));
    int zeros = 0;
    for (int i = 0; i < N; i++) {
      double sign = Math.signum(state.x().at(i));
      double g = state.gradient().at(i);
      double excess =
          sign == 0 ? Math.max(0, Math.abs(g) - weights.at(i)) : Math.abs(g + sign * weights.at(i));
      assertThat(excess).isCloseTo(0, within(1e-5 * first));
      zeros += sign == 0 ? 1 : 0;
    }
    assertThat(zeros).isBetween(5, N - 5);
    assertThat(state.value() - state.smooth())
        .isCloseTo(weights.dot(state.x().map(Math::abs)), within(1e-9 * Math.abs(state.value())));
    assertThat(asked).hasSizeLessThan(200);
  }
}
