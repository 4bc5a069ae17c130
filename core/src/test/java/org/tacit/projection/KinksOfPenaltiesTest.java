package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

class KinksOfPenaltiesTest {
  private static final Var ONE = Var.constant(1);

  private static Matrix along(Prox prox, Matrix x, Matrix t) {
    Var point = Var.input("x", Shape.of(x.rows(), x.cols()));
    Var moved = Jvp.of(prox.of(point, ONE), point, Var.constant(t));
    return OnDriver.value(moved, Map.of("x", x));
  }

  @Test
  void atTheThresholdNothingMoves() {
    Matrix t = Matrix.column(2, 3);
    Matrix still = Matrix.zeros(2, 1);
    assertThat(along(Prox.lasso(ONE), Matrix.column(1, -1), t)).isEqualTo(still);
    assertThat(along(Prox.nonNegativeLasso(ONE), Matrix.column(1, 1), t)).isEqualTo(still);
    assertThat(along(Prox.elasticNet(ONE, ONE), Matrix.column(1, -1), t)).isEqualTo(still);
    assertThat(along(Prox.groupLasso(Extent.WHOLE, ONE), Matrix.column(0, 1), t)).isEqualTo(still);
    assertThat(along(Prox.groupLasso(Extent.WHOLE, ONE), Matrix.column(0, 0), t)).isEqualTo(still);
    Prox log = Prox.logPenalty(ONE, Var.constant(2));
    assertThat(along(log, Matrix.column(0.5, -0.5), t)).isEqualTo(still);
  }

  @Test
  void penaltiesWithoutAUniqueAnswerAreRefused() {
    Var x = Var.input("x", Shape.of(2, 1));
    Var low = Var.input("low", Shape.SCALAR);
    Map<String, Matrix> inputs = Map.of("x", Matrix.column(1, 2), "low", Matrix.scalar(-0.5));
    assertThatThrownBy(() -> OnDriver.value(Prox.lasso(low).of(x, ONE), inputs))
        .hasMessageContaining("Invalid lambda of a lasso: -0.5 (must be >= 0.0)");
    assertThatThrownBy(() -> OnDriver.value(Prox.logPenalty(ONE, low.negate()).of(x, ONE), inputs))
        .hasMessageContaining("not below the root of lambda times step: 0.5 (must be >= 1.0)");
  }
}
