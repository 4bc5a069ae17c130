package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.matrix.Matrix;
import org.tacit.pass.ExplicitFunction;

/** Points whose coordinates are of very different sizes. */
class ExponentialConeRangeTest {
  private static final ExplicitFunction CONE =
      ExplicitFunction.of(Projection.ontoExponentialCone()::of);

  private static void assertClose(Matrix found, Matrix expected, double tolerance) {
    assertThat(found.minus(expected).maxAbs()).isLessThan(tolerance);
  }

  /** Values and central differences of the same point in 60 digits, by mpmath. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-170, 0, -1e-170, 1e-300, -1e-300})
  void aFirstCoordinateNextToNothingIsNothing(double x) {
    Matrix point = Matrix.column(x, 1, -1);
    assertClose(
        CONE.at(point),
        Matrix.column(-0.33000652297428723, 0.27739023186063616, 0.08441473794160932),
        1e-14);
    assertClose(
        CONE.jacobian(point),
        Matrix.of(
            3,
            3,
            0.691953405038,
            -0.357968548481,
            -0.027962025507,
            -0.357968548481,
            0.50489660126,
            0.2275063694,
            -0.027962025507,
            0.2275063694,
            0.143091631458),
        1e-11);
  }

  /** There z = y exp(x / y) is 0 to the last digit, and the cone its face z >= 0. */
  @ParameterizedTest
  @ValueSource(doubles = {-1e17, -1e160, -2000})
  void whereTheEdgeIsFlatItIsTheFace(double x) {
    Matrix point = Matrix.column(x, 1.5, -1);
    assertThat(CONE.at(point)).isEqualTo(Matrix.column(x, 1.5, 0));
    assertThat(CONE.jacobian(point)).isEqualTo(Matrix.of(3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void theConeHasNoUnit() {
    Matrix point = Matrix.column(0.3, 1, -1);
    Matrix near = CONE.at(point);
    for (double size : new double[] {0x1p-500, 0x1p500}) {
      assertThat(CONE.at(point.times(size))).isEqualTo(near.times(size));
    }
  }
}
