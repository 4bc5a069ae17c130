package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Solves and adjoints along a path of thetas: what a solution leaves for the next saves passes and
 * changes nothing else, and no number of unknowns is a cliff. Logistic regression on 2,000 rows
 * whose columns differ by a factor of 30 in size, a penalty each.
 */
class NeighboursTest {
  private static final int ROWS = 2_000;
  private static final int THETAS = 4;

  private static final class Path {
    private final int n;
    private final Passes passes;
    private final ImplicitFunction function;
    private final List<Matrix> adjoints = new ArrayList<>();

    Path(int n) {
      this.n = n;
      Random random = new Random(n);
      double[] x = new double[ROWS * n];
      double[] y = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        double common = random.nextGaussian();
        for (int j = 0; j < n; j++) {
          x[i * n + j] = Math.pow(30, -j / (double) n) * (common + random.nextGaussian());
        }
        y[i] = Math.signum(x[i * n] - x[i * n + 1] + random.nextGaussian());
      }
      Schema schema =
          Schema.of(
              new Schema.Field("features", n, Storage.DENSE),
              new Schema.Field("label", 1, Storage.DENSE));
      this.passes =
          Passes.over(
              "train",
              InProcessTable.of(
                  schema, new Block(ROWS, Column.dense(ROWS, n, x), Column.dense(ROWS, 1, y))));
      Rows rows = new Rows("train", schema);
      Condition condition =
          Stationarity.ofStronglyConvex(
              Parameters.vector(n),
              Parameters.vector(n),
              (w, t) ->
                  rows.features()
                      .matmul(w)
                      .times(rows.label())
                      .negate()
                      .softplus()
                      .meanRows()
                      .plus(t.exp().times(w.square()).sum().times(0.5)));
      this.function =
          ImplicitFunction.of(
              condition, Solver.automatic(), LinearSolver.auto(1e-9), Stopping.relative(1e-9, 500));
    }

    /** The passes of all thetas, each but the first from the last solution. */
    long run(boolean isTold) {
      long before = passes.ledger().total();
      Matrix start = Matrix.zeros(n, 1);
      Nearby nearby = Nearby.NOTHING;
      double reference = function.residualNorm(passes, theta(0), start);
      Stopping until = Stopping.relative(1e-9, 500).withTolerances(0, 1e-9 * reference);
      for (int k = 0; k < THETAS; k++) {
        try (ImplicitSolution solution =
            function.solve(passes, theta(k), start, until, isTold ? nearby : Nearby.NOTHING)) {
          start = solution.x();
          assertThat(solution.inner().outcome().isConverged()).isTrue();
          adjoints.add(solution.vjp(Matrix.filled(n, 1, 1)).value());
          nearby = solution.nearby();
        }
      }
      return passes.ledger().total() - before;
    }

    private Matrix theta(int k) {
      Random random = new Random(7);
      double[] theta = random.doubles(n, -9 - 0.5 * k, -9 + 0.5 * k + 0.1).toArray();
      return Matrix.column(theta);
    }
  }

  private static long passes(int n) {
    return new Path(n).run(true);
  }

  @Test
  void noNumberOfUnknownsIsACliff() {
    long small = passes(256);
    assertThat(passes(257)).isLessThanOrEqualTo(small + THETAS);
    assertThat(passes(300)).isLessThanOrEqualTo(2 * small);
    assertThat(passes(450)).isLessThanOrEqualTo(5 * small / 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 450})
  void whatASolutionLeavesSavesPassesAndChangesNothingElse(int n) {
    Path told = new Path(n);
    Path untold = new Path(n);
    assertThat(told.run(true)).isLessThanOrEqualTo(untold.run(false));
    for (int k = 0; k < THETAS; k++) {
      Matrix expected = untold.adjoints.get(k);
      assertThat(told.adjoints.get(k).minus(expected).norm()).isLessThan(1e-6 * expected.norm());
    }
  }
}
