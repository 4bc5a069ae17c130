package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;

class StepsOutsideTheDomainTest {
  private static final Condition BARRIER =
      FixedPoint.ofGradientStep(1, 1, (x, t) -> x.plus(t.divide(x)).sum());

  /** From x = 0 the outcome says so, and no derivative is made up. */
  @Test
  void aStartWithoutCurvatureIsToldToStartElsewhere() {
    try (ImplicitSolution solution = ImplicitFunction.of(BARRIER).solve(Matrix.scalar(1))) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.NOT_FINITE);
      assertThatThrownBy(() -> solution.jvp(Matrix.scalar(1)))
          .hasMessage(
              "NaN from automaticStep (the curvature where it is chosen is not finite: start where"
                  + " the objective and its derivatives are, or give the step)");
    }
  }
}
