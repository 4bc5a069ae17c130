package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Figure 3 of arXiv 2105.15183: gradient descent on f = |Phi x - y|^2 + sum_i theta_i x_i^2, whose
 * solution and Jacobian have closed forms. Here gamma = 0, beta = 2, alpha = 2 lambda_min(Phi'Phi +
 * D(theta)), so the Jacobian's error is at most (2 / alpha) |x - x*|.
 */
class ErrorOfApproximateSolutionsTest {
  private static final int N = 50;
  private static final int P = 8;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final Rows ROWS = new Rows("train", SCHEMA);

  private final Matrix phi = gaussian(N * P, 1).reshape(N, P);
  private final Matrix y = gaussian(N, 2);
  private final Matrix theta = Matrix.filled(P, 1, 1.5);
  private final Matrix normal = phi.transpose().times(phi).plus(Matrix.identity(P).times(1.5));

  private static Matrix gaussian(int n, long seed) {
    Random random = new Random(seed);
    double[] values = new double[n];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return Matrix.column(values);
  }

  @Test
  void implicitErrorStaysBelowTheBoundAndBelowUnrollingAtEveryStep() {
    Condition ridge =
        Stationarity.ofStronglyConvex(
            Parameters.vector(P),
            Parameters.vector(P),
            (x, penalties) ->
                ROWS.features()
                    .matmul(x)
                    .minus(ROWS.label())
                    .square()
                    .sumRows()
                    .plus(penalties.times(x.square()).sum()));
    Solver none = notCalled();
    ImplicitFunction function =
        ImplicitFunction.of(ridge, none, LinearSolver.auto(1e-14), Stopping.relative(1e-12, 1));
    Block block = new Block(N, Column.dense(N, P, phi.toArray()), Column.dense(N, 1, y.toArray()));
    Passes passes = Passes.over("train", InProcessTable.of(SCHEMA, block));

    var inverse =
        LinearSolver.auto(1e-14)
            .prepare(
                new org.tacit.operator.DenseOperator(
                    normal, org.tacit.operator.Structure.POSITIVE_DEFINITE));
    Matrix exact = inverse.solve(phi.transpose().times(y)).value();
    Matrix exactJacobian = inverse.solve(diagonal(exact)).value().times(-1);
    double smallest = inverse.solve(exact).smallestEigenvalue().orElseThrow();
    double largest = largestEigenvalue();
    double step = 1 / (2 * largest);

    Matrix x = Matrix.zeros(P, 1);
    Matrix unrolled = Matrix.zeros(P, P);
    for (int k = 1; k <= 200; k++) {
      Matrix contraction = Matrix.identity(P).minus(normal.times(2 * step));
      unrolled = contraction.times(unrolled).minus(diagonal(x).times(2 * step));
      x = x.minus(normal.times(x).minus(phi.transpose().times(y)).times(2 * step));
      Solution approximate =
          new Solution(x, Outcome.CONVERGED, "descent", k, 0, 0, OptionalDouble.empty());
      try (ImplicitSolution solution = function.at(passes, theta, approximate)) {
        double implicit = solution.jacobian().orThrow().minus(exactJacobian).norm();
        double bound = 2 / (2 * smallest) * x.minus(exact).norm();
        assertThat(implicit).as("step %s", k).isLessThan(bound + 1e-13);
        if (k == 20) {
          assertThat(implicit).isGreaterThan(1e-3 * bound);
          assertThat(unrolled.minus(exactJacobian).norm()).isGreaterThan(3 * implicit);
        }
      }
    }
    assertThat(x.minus(exact).norm()).isLessThan(1e-10);
  }

  private double largestEigenvalue() {
    Matrix v = Matrix.filled(P, 1, 1);
    for (int k = 0; k < 500; k++) {
      v = normal.times(v);
      v = v.times(1 / v.norm());
    }
    return v.dot(normal.times(v));
  }

  private static Matrix diagonal(Matrix v) {
    double[] elements = new double[v.rows() * v.rows()];
    for (int i = 0; i < v.rows(); i++) {
      elements[i * v.rows() + i] = v.at(i);
    }
    return Matrix.adopting(v.rows(), v.rows(), elements);
  }

  private static Solver notCalled() {
    return new Solver() {
      @Override
      public String name() {
        return "none";
      }

      @Override
      public Solution solve(Problem problem, Matrix start, Stopping stopping) {
        throw new IllegalStateException("The iterates are given");
      }
    };
  }
}
