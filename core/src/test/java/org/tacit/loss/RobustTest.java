package org.tacit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.matrix.Matrix;
import org.tacit.pass.ExplicitFunction;
import org.tacit.primitive.Var;

/** Robust losses as scipy.optimize.least_squares defines them. */
class RobustTest {
  private static DoubleUnaryOperator definition(Robust loss) {
    return switch (loss) {
      case NONE -> z -> z;
      case SOFT_L1 -> z -> 2 * (Math.sqrt(1 + z) - 1);
      case CAUCHY -> z -> Math.log(1 + z);
      case ARCTAN -> Math::atan;
    };
  }

  @ParameterizedTest
  @EnumSource(Robust.class)
  void valuesAndSlopesAreThoseOfTheDefinition(Robust loss) {
    DoubleUnaryOperator rho = definition(loss);
    for (double z : new double[] {1e-3, 0.2, 1, 7, 300}) {
      Matrix at = Matrix.scalar(z);
      assertThat(ExplicitFunction.of(loss::rho).at(at).value())
          .isCloseTo(rho.applyAsDouble(z), within(1e-12 * Math.max(1, z)));
      double h = 1e-5 * z;
      double slope = (rho.applyAsDouble(z + h) - rho.applyAsDouble(z - h)) / (2 * h);
      assertThat(ExplicitFunction.of(loss::slope).at(at).value())
          .isCloseTo(slope, within(1e-7 * slope));
    }
  }

  /** Where 2 (sqrt(1 + z) - 1) would cancel. */
  @Test
  void smallErrorsCountAsEver() {
    for (Robust loss : Robust.values()) {
      assertThat(ExplicitFunction.of(loss::rho).at(Matrix.scalar(1e-20)).value())
          .isCloseTo(1e-20, within(1e-34));
    }
  }

  @Test
  void theScaleIsInTheUnitsOfErrors() {
    ExplicitFunction cost =
        ExplicitFunction.of(r -> Robust.CAUCHY.of(r, Var.constant(3)).squared());
    assertThat(cost.at(Matrix.column(6, 0)).value()).isCloseTo(9 * Math.log(5), within(1e-12));
  }
}
