package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.loss.Robust;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.LeastSquares;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Solver;

/**
 * The location of numbers with an outlier, min over x of 1/2 sum C^2 rho((x - y_i)^2 / C^2) + 1/2
 * (x / 10)^2, whose slope is a sum of rho'(..) (x - y_i), found by bisection; and its derivative in
 * log C by a difference of such roots.
 */
class RobustFitTest {
  private static final double[] Y = {0.9, 1.1, 1.3, 0.8, 30};

  static Stream<Arguments> cases() {
    return Stream.of(Robust.SOFT_L1, Robust.CAUCHY, Robust.ARCTAN)
        .flatMap(
            loss ->
                Stream.of(
                        Minimiser.gaussNewton(),
                        Minimiser.levenbergMarquardt(),
                        Minimiser.newtonPolished())
                    .map(solver -> Arguments.of(loss, solver)));
  }

  private static double slope(Robust loss, double x, double scale) {
    double sum = x / 100;
    for (double y : Y) {
      double z = (x - y) * (x - y) / (scale * scale);
      double weight =
          switch (loss) {
            case NONE -> 1;
            case SOFT_L1 -> 1 / Math.sqrt(1 + z);
            case CAUCHY -> 1 / (1 + z);
            case ARCTAN -> 1 / (1 + z * z);
          };
      sum += weight * (x - y);
    }
    return sum;
  }

  private static double location(Robust loss, double scale) {
    double low = 0.5;
    double high = 1.6;
    for (int k = 0; k < 60; k++) {
      double middle = (low + high) / 2;
      if (slope(loss, middle, scale) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFitAndItsDerivative(Robust loss, Solver solver) {
    Condition condition =
        LeastSquares.ofRobustParts(
            Parameters.vector(1),
            Parameters.vector(1),
            (x, t) ->
                List.of(
                    loss.of(x.minus(Var.constant(Matrix.column(Y))), t.exp()),
                    Robust.NONE.of(x.times(0.1))));
    double scale = 0.5;
    double h = 1e-4;
    double derivative =
        (location(loss, scale * Math.exp(h)) - location(loss, scale * Math.exp(-h))) / (2 * h);
    assertThat(Math.abs(derivative)).isGreaterThan(1e-3);
    Matrix theta = Matrix.scalar(Math.log(scale));
    try (ImplicitSolution solution =
        ImplicitFunction.of(condition, solver).solve(theta, Matrix.scalar(1.2))) {
      assertThat(solution.inner().orThrow().value())
          .isCloseTo(location(loss, scale), org.assertj.core.data.Offset.offset(1e-8));
      assertThat(solution.jacobian().orThrow().value())
          .isCloseTo(derivative, org.assertj.core.data.Offset.offset(1e-6));
    }
  }
}
