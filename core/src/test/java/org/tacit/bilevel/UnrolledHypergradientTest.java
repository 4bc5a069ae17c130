package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/** min over x of |x - c|^2 / 2 + exp(theta) |x|^2 / 2 by K steps, and L = |x - b|^2 theta. */
class UnrolledHypergradientTest {
  private static final Matrix C = Matrix.column(1, -2);
  private static final Matrix B = Matrix.column(0.3, 0.4);
  private static final Matrix START = Matrix.column(2, 2);

  private final Passes none = Passes.none();
  private final Condition shrunk =
      Stationarity.ofStronglyConvex(
          Parameters.vector(2),
          Parameters.vector(1),
          (x, t) ->
              x.minus(Var.constant(C))
                  .square()
                  .sum()
                  .plus(t.exp().times(x.square().sum()))
                  .times(0.5));
  private final BilevelProblem problem =
      BilevelProblem.of(
          ImplicitFunction.of(shrunk),
          shrunk.x().minus(Var.constant(B)).square().sum().times(shrunk.theta()));

  private BilevelProblem.ThroughIterations at(double theta, int iterations) {
    return problem.hypergradient(
        none, Matrix.scalar(theta), START, Unrolled.ofDescent(shrunk, 0.3, iterations));
  }

  @Test
  void itIsTheSlopeOfTheLossOfTheLastIterate() {
    double h = 1e-5;
    double slope = (at(0.4 + h, 3).outerValue() - at(0.4 - h, 3).outerValue()) / (2 * h);
    BilevelProblem.ThroughIterations found = at(0.4, 3);
    assertThat(found.gradient().value()).isCloseTo(slope, within(1e-8));
    Matrix gap = found.through().x().minus(B);
    assertThat(found.outerValue()).isCloseTo(0.4 * gap.dot(gap), within(1e-14));
    // Without the part through x it were |x - b|^2.
    assertThat(Math.abs(slope - gap.dot(gap))).isGreaterThan(0.1);
  }

  @Test
  void inTheLimitItIsTheImplicitOne() {
    try (ImplicitSolution solution = problem.inner().solve(Matrix.scalar(0.4))) {
      Hypergradient implicit = problem.hypergradient(solution);
      BilevelProblem.ThroughIterations unrolled = at(0.4, 200);
      assertThat(unrolled.outerValue()).isCloseTo(implicit.outerValue(), within(1e-10));
      assertThat(unrolled.gradient().value()).isCloseTo(implicit.gradient().value(), within(1e-9));
    }
  }
}
