package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.projection.Prox;

/** What the derivative of a composite objective's solution costs. */
class CompositePassesTest {
  private static final int P = 6;

  private static Table table() {
    Random random = new Random(3);
    double[][] x = new double[60][P];
    double[] y = new double[60];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < P; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = 2 * x[i][0] - x[i][1] + 0.1 * random.nextGaussian();
    }
    return InProcessTable.of(x, y);
  }

  /** The solve knows its last point: two passes are the support's matrix and what follows of it. */
  @Test
  void theDerivativeDoesNotPayForThePointThatTheSolveEndedAt() {
    Table table = table();
    Rows rows = new Rows("t", table.schema());
    Condition lasso =
        ProximalGradient.ofConvex(
            P,
            1,
            (x, theta) ->
                rows.features().matmul(x).minus(rows.label()).square().meanRows().times(0.5),
            (x, theta, eta) -> Prox.lasso(theta.exp()).of(x, eta));
    Passes passes = Passes.over("t", table);
    try (ImplicitSolution solution = ImplicitFunction.of(lasso).solve(passes, Matrix.scalar(-2))) {
      solution.inner().orThrow();
      Derivative slope = solution.vjp(Matrix.filled(P, 1, 1));
      assertThat(slope.orThrow().maxAbs()).isGreaterThan(1e-3);
      assertThat(passes.ledger().of("adjoint")).isEqualTo(2);
    }
  }
}
