package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;

/**
 * Before convergence unrolled descent is worse than implicit differentiation at the same iterate,
 * and than the bound of Theorem 1, (2 / alpha) |x - x*|: figure 3 of arXiv 2105.15183, least
 * squares with one penalty a column on 50 x 8 numbers.
 */
class UnrolledErrorTest {
  private static final int N = 50;
  private static final int P = 8;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final Rows ROWS = new Rows("train", SCHEMA);

  private final Random random = new Random(2);
  private final Matrix phi = gaussian(N, P).times(columnScales());
  private final Matrix y = gaussian(N, 1);
  private final Matrix theta = Matrix.filled(P, 1, 0.2);
  private final Matrix normal = phi.transpose().times(phi).plus(0.2, Matrix.identity(P));
  private final Block block =
      new Block(N, Column.dense(N, P, phi.toArray()), Column.dense(N, 1, y.toArray()));
  private final Passes passes = Passes.over("train", InProcessTable.of(SCHEMA, block));
  private final Condition ridge =
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

  private Matrix gaussian(int rows, int cols) {
    double[] elements = new double[rows * cols];
    Arrays.setAll(elements, i -> random.nextGaussian());
    return Matrix.adopting(rows, cols, elements);
  }

  private static Matrix columnScales() {
    double[] elements = new double[P * P];
    for (int j = 0; j < P; j++) {
      elements[j * P + j] = j < 4 ? 1 : 0.8;
    }
    return Matrix.adopting(P, P, elements);
  }

  @Test
  void unrolledErrorsExceedTheBoundThatImplicitOnesKeep() {
    Solution exact =
        LinearSolver.auto(1e-14)
            .prepare(new DenseOperator(normal, Structure.POSITIVE_DEFINITE))
            .solve(phi.transpose().times(y));
    double smallest = exact.smallestEigenvalue().orElseThrow();
    Matrix truth = UnrolledTest.implicit(ridge, passes, theta, exact.value());
    double step = 1 / (2 * largestEigenvalue(normal));
    double lastRatio = 1;
    for (int k : new int[] {1, 10, 20, 40, 80}) {
      Unrolled.Derivative unrolled =
          Unrolled.ofDescent(ridge, step, k).jacobian(passes, theta, Matrix.zeros(P, 1));
      double bound = unrolled.x().minus(exact.value()).norm() / smallest;
      double ofImplicit =
          UnrolledTest.implicit(ridge, passes, theta, unrolled.x()).minus(truth).norm();
      double ofUnrolled = unrolled.value().minus(truth).norm();
      assertThat(unrolled.passes()).isEqualTo(k);
      assertThat(ofImplicit).as("step %s", k).isBetween(0.1 * bound, bound);
      assertThat(ofUnrolled).as("step %s", k).isGreaterThan(bound);
      assertThat(ofUnrolled / ofImplicit).as("step %s", k).isGreaterThan(lastRatio);
      lastRatio = ofUnrolled / ofImplicit;
    }
    assertThat(lastRatio).isGreaterThan(10);
  }

  private static double largestEigenvalue(Matrix symmetric) {
    Matrix v = Matrix.filled(symmetric.rows(), 1, 1);
    for (int k = 0; k < 500; k++) {
      v = symmetric.times(v);
      v = v.times(1 / v.norm());
    }
    return v.dot(symmetric.times(v));
  }
}
