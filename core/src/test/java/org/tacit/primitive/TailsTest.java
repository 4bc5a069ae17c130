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

  @Test
  void logSumExpKeepsWhatIsLittleAboveTheLargest() {
    assertThat(at(Var::logSumExp, 0, -50).value()).isCloseTo(Math.exp(-50), withPercentage(1e-12));
  }

  @Test
  void normsAndDirectionsAreExactAtEverySize() {
    for (double size : new double[] {4e-320, 1e-310, 1e-170, 1, 1e160, 1e307}) {
      assertThat(at(Var::normCols, 3 * size, -4 * size).value())
          .isCloseTo(5 * size, offset(1e-15 * size + Double.MIN_VALUE));
      assertThat(at(Var::unitCols, 3 * size, -4 * size).minus(Matrix.of(1, 2, 0.6, -0.8)).norm())
          .isLessThan(size < 1e-315 ? 1e-3 : 1e-15);
      assertThat(slope(Var::normCols, 3 * size, -4 * size).minus(Matrix.of(1, 2, 0.6, -0.8)).norm())
          .isLessThan(size < 1e-315 ? 1e-3 : 1e-15);
    }
    assertThat(slope(Var::normCols, 0, 0)).isEqualTo(Matrix.zeros(1, 2));
    Matrix bend =
        at(x -> Vjp.gradient(x.unitCols().slice(Side.COLS, 0, 1).sum(), x), 3e-160, 4e-160);
    assertThat(bend.times(1e-160).minus(Matrix.of(1, 2, 0.128, -0.096)).norm()).isLessThan(1e-15);
  }

  @Test
  void hypotAndItsCurvatureAreExactAtEverySize() {
    for (double size : new double[] {1e-310, 1e-170, 1, 1e6, 1e160, 1e307}) {
      double h = at(x -> x.hypot(Var.constant(-4 * size)), 3 * size).value();
      assertThat(h).isCloseTo(5 * size, withPercentage(1e-10));
      assertThat(slope(x -> x.hypot(Var.constant(-4 * size)), 3 * size).value())
          .isCloseTo(0.6, offset(1e-12));
    }
    double bend = slope(x -> Vjp.gradient(x.hypot(Var.constant(0.5)).sum(), x), 1e6).value();
    assertThat(bend).isCloseTo(0.25 / Math.pow(1e12 + 0.25, 1.5), withPercentage(1e-10));
  }

  @Test
  void quotientsOfZeroBySubnormalsHaveASlopeInTheDivisor() {
    Var zero = Var.input("zero", Shape.of(1, 1));
    Var b = Var.input("b", Shape.of(1, 1));
    Var slope = Vjp.gradient(zero.divide(b), b);
    Map<String, Matrix> inputs = Map.of("zero", Matrix.scalar(0), "b", Matrix.scalar(1e-310));
    assertThat(OnDriver.value(slope, inputs).value()).isZero();
  }
}
