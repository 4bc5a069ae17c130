package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/** FIRE on long valleys. */
class FireTest {
  private static final int N = 30;

  /** 1/2 x'H x - b'x with H = Q diag(1 to condition) Q', Q a reflection. */
  @ParameterizedTest
  @ValueSource(doubles = {1e2, 1e4, 1e6})
  void longValleysAreFollowedToTheirEnd(double condition) {
    Random random = new Random(5);
    Matrix normal = RandomMatrix.normal(N, 1, random);
    Matrix u = normal.times(1 / normal.norm());
    Matrix q = Matrix.identity(N).minus(u.times(u.transpose()).times(2));
    double[] values = new double[N * N];
    for (int i = 0; i < N; i++) {
      values[i * N + i] = Math.pow(condition, i / (N - 1.0));
    }
    Matrix h = q.times(Matrix.adopting(N, N, values)).times(q);
    Matrix truth = RandomMatrix.normal(N, 1, random);
    Condition quadratic =
        Stationarity.of(
            Parameters.vector(N),
            Parameters.vector(1),
            (x, t) ->
                x.dot(Var.constant(h).matmul(x).times(0.5).minus(Var.constant(h.times(truth)))));
    Solution solution =
        Minimiser.fire()
            .solve(
                ReadyCondition.of(quadratic).at(Passes.none(), Matrix.scalar(1)),
                Matrix.zeros(N, 1),
                Stopping.relative(1e-10, 100_000));
    assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(solution.value().minus(truth).norm()).isLessThan(1e-9 * condition * truth.norm());
    assertThat(solution.iterations()).isBetween(50, (int) (200 * Math.sqrt(condition)));
  }
}
