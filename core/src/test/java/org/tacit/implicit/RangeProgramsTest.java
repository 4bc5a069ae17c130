package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.solver.ConstrainedMinimiser;

/** Quadratic programs with two-sided constraints, solved and differentiated. */
class RangeProgramsTest {
  record Theta(Var centre, Var low, Var high) {}

  private static final Parameters<Theta> THETA =
      Parameters.of(Theta.class, Shape.of(4, 1), Shape.of(4, 1), Shape.of(4, 1));

  /** The nearest point of a box to its centre: min(max(c, l), u), each with its own derivative. */
  private static final Condition CLIP =
      Kkt.of(Parameters.vector(4), THETA, (z, t) -> z.minus(t.centre()).square().sum().times(0.5))
          .withRange(Theta::low, (z, t) -> z, Theta::high);

  private static final Map<String, Matrix> AT =
      Map.of(
          "centre", Matrix.column(-3, 0.25, 5, -0.5),
          "low", Matrix.column(-1, -1, -1, -1),
          "high", Matrix.column(1, 1, 2, 3));

  private static Matrix diagonal(double... d) {
    double[] all = new double[16];
    for (int i = 0; i < 4; i++) {
      all[5 * i] = d[i];
    }
    return Matrix.of(4, 4, all);
  }

  private static void check(ImplicitFunction function) {
    try (ImplicitSolution solution = function.solve(AT)) {
      assertThat(z(solution.inner().orThrow()).minus(Matrix.column(-1, 0.25, 2, -0.5)).norm())
          .isLessThan(1e-8);
      assertThat(distance(solution, "centre", diagonal(0, 1, 0, 1))).isLessThan(1e-8);
      assertThat(distance(solution, "low", diagonal(1, 0, 0, 0))).isLessThan(1e-8);
      assertThat(distance(solution, "high", diagonal(0, 0, 1, 0))).isLessThan(1e-8);
    }
  }

  private static Matrix z(Matrix x) {
    return x.transpose().columns(0, 4).transpose();
  }

  private static double distance(ImplicitSolution solution, String part, Matrix expected) {
    return z(solution.jacobian(part).orThrow()).minus(expected).norm();
  }

  @Test
  void clippingHasItsDerivatives() {
    check(ImplicitFunction.of(CLIP));
    check(ImplicitFunction.of(CLIP, ConstrainedMinimiser.operatorSplitting()));
  }
}
