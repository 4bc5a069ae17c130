package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;

/**
 * Many more unknowns than rows, a penalty each: a few dozen passes, and the KKT conditions hold.
 */
class WorkingSetsTest {
  private static final int ROWS = 35;
  private static final int P = 3_000;
  private static final double PENALTY = Math.exp(-2);
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private final double[] x = new double[ROWS * P];
  private final double[] y = new double[ROWS];

  private Passes passes() {
    Random random = new Random(8);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian();
    }
    for (int i = 0; i < ROWS; i++) {
      y[i] = random.nextBoolean() ? 1 : -1;
    }
    Block block = new Block(ROWS, Column.dense(ROWS, P, x), Column.dense(ROWS, 1, y));
    return Passes.over("train", InProcessTable.of(SCHEMA, block));
  }

  /** One that is not said to be convex has no rows on the driver. */
  private static Condition lasso(boolean isLogistic, boolean isHeld) {
    Rows rows = new Rows("train", SCHEMA);
    ProximalGradient.Smooth loss =
        (w, t) -> {
          Var score = rows.features().matmul(w);
          return isLogistic
              ? score.times(rows.label()).negate().softplus().meanRows()
              : score.minus(rows.label()).square().meanRows().times(0.5);
        };
    ProximalGradient.ProximalMap map = (v, t, eta) -> Prox.lasso(t.exp()).of(v, eta);
    return isHeld
        ? ProximalGradient.ofConvex(P, P, loss, map)
        : ProximalGradient.of(P, P, loss, map);
  }

  /** The mean loss's derivative along a column, from the data themselves. */
  private double slope(Matrix w, int j, boolean isLogistic) {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      double score = 0;
      for (int k = 0; k < P; k++) {
        score += x[i * P + k] * w.at(k);
      }
      double pull = isLogistic ? -y[i] / (1 + Math.exp(y[i] * score)) : score - y[i];
      sum += x[i * P + j] * pull / ROWS;
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"false, true, 16", "true, true, 28", "false, false, 60", "true, false, 60"})
  void manyMoreUnknownsThanRowsTakeAFewDozenPasses(boolean isLogistic, boolean isHeld, int most) {
    Passes passes = passes();
    Matrix theta = Matrix.filled(P, 1, -2);
    ReadyCondition programs = ReadyCondition.of(lasso(isLogistic, isHeld));
    assertThat(programs.at(passes, theta).isHeld()).isEqualTo(isHeld);
    Solution solution =
        new Automatic()
            .solve(programs.at(passes, theta), Matrix.zeros(P, 1), Stopping.relative(1e-10, 500));
    Matrix w = solution.orThrow();
    assertThat(passes.ledger().total()).isLessThanOrEqualTo(most);
    int support = 0;
    for (int j = 0; j < P; j += 1) {
      if (w.at(j) != 0) {
        support++;
        assertThat(slope(w, j, isLogistic))
            .isCloseTo(-PENALTY * Math.signum(w.at(j)), within(1e-8));
      } else if (j % 50 == 0) {
        assertThat(Math.abs(slope(w, j, isLogistic))).isLessThan(PENALTY + 1e-8);
      }
    }
    assertThat(support).isBetween(3, ROWS);
  }
}
