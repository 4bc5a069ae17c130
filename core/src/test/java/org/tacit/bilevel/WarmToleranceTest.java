package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;
import org.tacit.solver.CompositeMinimiser;

/** A warm solve is as exact as a cold one, whatever the step at its start. */
class WarmToleranceTest {
  private static final double[] COUNTS = {400, 300, 200};

  /**
   * sum_j e^x_j - y_j x_j + e^theta |x_j|: x_j = log(y_j - e^theta), and L is y_j there, 1 at 0.
   */
  private static Condition counts() {
    return ProximalGradient.ofConvex(
        COUNTS.length,
        1,
        (x, theta) -> x.exp().minus(Var.constant(Matrix.column(COUNTS)).times(x)).sum(),
        (point, theta, eta) -> Prox.lasso(theta.exp()).of(point, eta));
  }

  private static Matrix solution(double theta) {
    return Matrix.column(COUNTS).map(y -> Math.log(y - Math.exp(theta)));
  }

  @Test
  void anOuterValueIsAsExactAsAsked() {
    ImplicitFunction inner = ImplicitFunction.of(counts(), CompositeMinimiser.fista());
    OuterFunction function =
        OuterFunction.of(BilevelProblem.of(inner, inner.condition().x().sum()), Passes.none());
    WarmStart warm;
    try (OuterFunction.Trial first = function.converged(Matrix.scalar(0), 1e-6, function.cold())) {
      assertThat(first.outcome().isConverged()).isTrue();
      warm = first.left().from(solution(0));
    }
    try (OuterFunction.Trial second = function.converged(Matrix.scalar(3), 1e-6, warm)) {
      assertThat(second.outcome().isConverged()).isTrue();
      double error = second.value().getAsDouble() - Arrays.stream(solution(3).toArray()).sum();
      assertThat(Math.abs(error)).isLessThan(1e-5);
    }
  }
}
