package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.Passes;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * A solution and its Jacobian, of which it has been asserted that forward, reverse and the Jacobian
 * agree, and where asked that the Jacobian is that of solving again at moved parameters.
 */
record Solved(Matrix x, Matrix jacobian, double smallestSingularValue) {
  static final Passes NO_TABLES = Passes.over(Map.of());
  private static final double STEP = 2e-4;

  static ImplicitFunction function(Condition condition, Solver solver) {
    return ImplicitFunction.of(
        condition, solver, LinearSolver.auto(1e-10), new Stopping(0, 1e-13, 50_000));
  }

  static Solved of(ImplicitFunction function, Passes passes, Matrix theta, Matrix start) {
    try (ImplicitSolution solution = function.solve(passes, theta, start)) {
      Matrix x = solution.inner().orThrow();
      Random random = new Random(1);
      Matrix forward = solution.jvp(Matrix.identity(theta.rows())).orThrow();
      Matrix cotangents = RandomMatrix.normal(x.rows(), 2, random);
      Matrix reverse = solution.vjp(cotangents).orThrow();
      assertClose("vjp", reverse, forward.transpose().times(cotangents), 1e-9);
      var jacobian = solution.jacobian();
      assertClose("jacobian", jacobian.orThrow(), forward, 1e-9);
      double smallest = jacobian.linearSolve().smallestEigenvalue().orElseThrow();
      return new Solved(x, forward, smallest);
    }
  }

  /** As {@link #of}, held to differences of fourth order of solutions at moved parameters. */
  static Solved againstDifferences(
      ImplicitFunction function, Passes passes, Matrix theta, Matrix start) {
    Solved solved = of(function, passes, theta, start);
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < theta.rows(); j++) {
      Matrix direction = Matrix.identity(theta.rows()).columnAt(j);
      Matrix sum = Matrix.zeros(solved.x.rows(), 1);
      double[] weights = {1, -8, 8, -1};
      int[] places = {-2, -1, 1, 2};
      for (int k = 0; k < 4; k++) {
        Matrix moved = theta.plus(places[k] * STEP, direction);
        try (ImplicitSolution there = function.solve(passes, moved, start)) {
          sum = sum.plus(weights[k] / (12 * STEP), there.inner().orThrow());
        }
      }
      columns.add(sum);
    }
    assertThat(solved.jacobian.maxAbs()).isGreaterThan(1e-3);
    assertClose("differences", solved.jacobian, Matrix.beside(columns), 1e-7);
    return solved;
  }

  static void assertClose(String what, Matrix found, Matrix expected, double tolerance) {
    assertThat(found.minus(expected).maxAbs())
        .as(what)
        .isLessThanOrEqualTo(tolerance * Math.max(1e-3, expected.maxAbs()));
  }
}
