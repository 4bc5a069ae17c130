package org.tacit.breeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

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
        Matrix.scalar(start));
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
}
