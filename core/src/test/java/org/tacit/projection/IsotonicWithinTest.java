package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.ExplicitFunction;
import org.tacit.primitive.Var;

/** Increasing regression with bounds, against the formula by means of all runs. */
class IsotonicWithinTest {
  /** max over j <= i of min over k >= i of the mean of x_j to x_k, moved into [low, high]. */
  private static double formula(double[] x, int i, double low, double high) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j <= i; j++) {
      double least = Double.POSITIVE_INFINITY;
      for (int k = i; k < x.length; k++) {
        double sum = 0;
        for (int l = j; l <= k; l++) {
          sum += x[l];
        }
        least = Math.min(least, sum / (k - j + 1));
      }
      largest = Math.max(largest, least);
    }
    return Math.min(high, Math.max(low, largest));
  }

  private static ExplicitFunction fit(double low, double high) {
    return ExplicitFunction.of(
        v -> Projection.ontoIncreasing(Extent.WHOLE, Var.constant(low), Var.constant(high)).of(v));
  }

  @Test
  void boundsHoldOnEitherSide() {
    double[] x = new Random(3).doubles(12, -2, 2).toArray();
    for (double[] bounds :
        List.of(
            new double[] {-0.4, 0.3},
            new double[] {Double.NEGATIVE_INFINITY, 0.1},
            new double[] {0.2, Double.POSITIVE_INFINITY})) {
      Matrix y = fit(bounds[0], bounds[1]).at(Matrix.column(x));
      for (int i = 0; i < x.length; i++) {
        assertThat(y.at(i)).isCloseTo(formula(x, i, bounds[0], bounds[1]), within(1e-12));
      }
    }
  }

  /** Blocks 3, 1 -> 2 inside, -5 at the lower bound, 9 at the upper one. */
  @Test
  void theJacobianIsThatOfTheBlocksInside() {
    Matrix x = Matrix.column(-5, 3, 1, 9);
    assertThat(fit(0, 4).at(x)).isEqualTo(Matrix.column(0, 2, 2, 4));
    assertThat(fit(0, 4).jacobian(x))
        .isEqualTo(Matrix.of(4, 4, 0, 0, 0, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 0));
    ExplicitFunction ofBounds =
        ExplicitFunction.ofList(
            v -> Projection.ontoIncreasing(Extent.WHOLE, v.get(1), v.get(2)).of(v.get(0)));
    List<Matrix> at = List.of(x, Matrix.scalar(0), Matrix.scalar(4));
    assertThat(ofBounds.jacobian(at, 1)).isEqualTo(Matrix.column(1, 0, 0, 0));
    assertThat(ofBounds.jacobian(at, 2)).isEqualTo(Matrix.column(0, 0, 0, 1));
  }
}
