package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * At a kink the derivative is the element of the generalised Jacobian that the set's file names.
 */
class KinksOfSetsTest {
  private static Matrix along(Projection set, Matrix x, Matrix t) {
    Var point = Var.input("x", Shape.of(x.rows(), x.cols()));
    Var moved = Jvp.of(set.of(point), point, Var.constant(t));
    return OnDriver.value(moved, Map.of("x", x));
  }

  @Test
  void boundsCountAsInside() {
    Matrix t = Matrix.column(2, 3);
    assertThat(along(Projection.ontoNonNegative(), Matrix.column(0, -1), t))
        .isEqualTo(Matrix.column(2, 0));
    Projection box = Projection.ontoBox(Var.constant(0), Var.constant(1));
    assertThat(along(box, Matrix.column(0, 1), t)).isEqualTo(t);
    assertThat(along(Projection.ontoL1Ball(Extent.WHOLE, Var.constant(2)), Matrix.column(1, -1), t))
        .isEqualTo(t);
    assertThat(along(Projection.ontoL2Ball(Extent.WHOLE, Var.constant(5)), Matrix.column(3, 4), t))
        .isEqualTo(t);
  }

  @Test
  void centreOfABallIsSafe() {
    Matrix t = Matrix.column(2, 3);
    assertThat(along(Projection.ontoL2Ball(Extent.WHOLE, Var.constant(0)), Matrix.column(0, 0), t))
        .isEqualTo(t);
    assertThat(along(Projection.ontoSecondOrderCone(), Matrix.column(1, 0), t)).isEqualTo(t);
  }

  /** The edge is steep there: rho is about 72 and about 1000, where e^rho overflows. */
  @Test
  void steepPartsOfTheExponentialConeKeepTheirDigits() {
    Matrix t = Matrix.column(1, 1, 1);
    Matrix onFace = Matrix.column(0, 0, 1);
    for (Matrix x : List.of(Matrix.column(0.006, -0.42, 2), Matrix.column(0.001, -1, 2))) {
      Var p = Projection.ontoExponentialCone().of(Var.input("x", Shape.of(3, 1)));
      assertThat(OnDriver.value(p, Map.of("x", x)).minus(Matrix.column(0, 0, 2)).norm())
          .isLessThan(1e-14);
      assertThat(along(Projection.ontoExponentialCone(), x, t).minus(onFace).norm())
          .isLessThan(1e-12);
    }
  }

  @Test
  void equalNeighboursStayApart() {
    Matrix t = Matrix.column(2, 3);
    assertThat(along(Projection.ontoIncreasing(Extent.WHOLE), Matrix.column(1, 1), t)).isEqualTo(t);
  }

  @Test
  void aDoubleZeroEigenvalueTakesHalf() {
    Matrix t = Matrix.of(2, 2, 2, 1, 1, 4);
    Matrix half = t.times(0.5);
    assertThat(along(Projection.ontoPsdCone(), Matrix.zeros(2, 2), t).minus(half).norm()).isZero();
  }
}
