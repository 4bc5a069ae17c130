package org.tacit.experiment;

import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;

/**
 * How a solution moves with a number theta, held against (x(theta + h) - x(theta - h)) / 2 h of the
 * problem solved again at both.
 *
 * @param moved dx* / dtheta
 * @param reason why its certificate does not trust it; empty where it does
 * @param ahead x(theta + h)
 * @param behind x(theta - h)
 */
record SensitivityCheck(
    Matrix x, Matrix moved, Optional<String> reason, Matrix ahead, Matrix behind, double h) {
  private static final Matrix ONE = Matrix.scalar(1);

  /**
   * That of the solution from a start.
   *
   * @param again what solves again from there, about to rounding
   */
  static SensitivityCheck of(
      ImplicitFunction function, Again again, double theta, Matrix start, double h) {
    try (ImplicitSolution solution = function.solve(again.tables, Matrix.scalar(theta), start)) {
      Matrix x = solution.x();
      Derivative moved = solution.jvp(ONE);
      DoubleFunction<Matrix> at = t -> again.function.solve(again.tables, Matrix.scalar(t), x).x();
      return new SensitivityCheck(
          x,
          moved.value(),
          solution.certificateAlong(ONE, moved).reason(),
          at.apply(theta + h),
          at.apply(theta - h),
          h);
    }
  }

  /** A function of the same condition with its solver, on tables that follow x. */
  record Again(ImplicitFunction function, Function<Matrix, Passes> tables) {}

  boolean isTrusted() {
    return reason.isEmpty();
  }

  /** |moved - difference| / |difference|. */
  double error() {
    return relative(moved, ahead.minus(behind).times(0.5 / h));
  }

  static double relative(Matrix found, Matrix expected) {
    return found.minus(expected).norm() / expected.norm();
  }
}
