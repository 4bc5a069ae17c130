package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.program.Shape;

/** Values and derivatives where the plain formula overflows or cancels. */
class TailsTest {
  private static Matrix at(Function<Var, Var> f, double... x) {
    Var input = Var.input("x", Shape.of(1, x.length));
    return OnDriver.value(f.apply(input), Map.of("x", Matrix.of(1, x.length, x)));
  }

  private static Matrix slope(Function<Var, Var> f, double... x) {
    return at(input -> Vjp.gradient(f.apply(input).sum(), input), x);
  }

  @Test
  void softplusIsLinearAboveAndExponentialBelow() {
    assertThat(at(Var::softplus, 800, -800)).isEqualTo(Matrix.of(1, 2, 800, 0));
    assertThat(at(Var::softplus, -40).value()).isCloseTo(Math.exp(-40), withPercentage(1e-12));
    assertThat(slope(Var::softplus, 800, -800)).isEqualTo(Matrix.of(1, 2, 1, 0));
  }

  @Test
  void slopeOfSigmoidIsExactInBothTails() {
    Matrix slope = slope(Var::sigmoid, 40, -40);
    assertThat(slope.at(0)).isCloseTo(Math.exp(-40), withPercentage(1e-12));
    assertThat(slope.at(1)).isCloseTo(Math.exp(-40), withPercentage(1e-12));
    assertThat(at(Var::sigmoid, 800, -800)).isEqualTo(Matrix.of(1, 2, 1, 0));
  }

  @Test
  void slopeOfTanhIsExactInBothTails() {
    Matrix slope = slope(Var::tanh, 15, -15);
    double exact = 4 * Math.exp(-30) / Math.pow(1 + Math.exp(-30), 2);
    assertThat(slope.at(0)).isCloseTo(exact, withPercentage(1e-12));
    assertThat(slope.at(1)).isCloseTo(exact, withPercentage(1e-12));
  }

  @Test
  void expm1AndLog1pAreExactNearZero() {
    assertThat(at(Var::expm1, 1e-18).value()).isEqualTo(1e-18);
    assertThat(at(Var::log1p, 1e-18).value()).isEqualTo(1e-18);
    assertThat(slope(Var::expm1, -40).value()).isCloseTo(Math.exp(-40), withPercentage(1e-12));
  }

  @Test
  void logSumExpNeverOverflows() {
    assertThat(at(Var::logSumExp, 1000, 1000).value()).isCloseTo(1000 + Math.log(2), offset(1e-12));
    assertThat(at(Var::logSumExp, -1000, -1001).value())
        .isCloseTo(-1000 + Math.log1p(Math.exp(-1)), offset(1e-12));
    assertThat(slope(Var::logSumExp, 1000, 0)).isEqualTo(Matrix.of(1, 2, 1, 0));
  }

  @Test
  void softmaxNeverOverflows() {
    assertThat(at(Var::softmax, 1000, 1000)).isEqualTo(Matrix.of(1, 2, 0.5, 0.5));
    assertThat(at(Var::softmax, 0, 1000)).isEqualTo(Matrix.of(1, 2, 0, 1));
  }
}
