package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.ExplicitFunction;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.projection.Prox;

/**
 * Parts of theta by name: min 1/2 |x - c|^2 + a/2 |x|^2 has x = c / (1 + a), so dx/dc = I / (1 + a)
 * and dx/da = -c / (1 + a)^2.
 */
class NamedThetaTest {
  record Pull(Var centre) {}

  record Theta(Var a, Pull pull) {}

  private static final Parameters<Theta> THETA =
      Parameters.of(Theta.class, Shape.SCALAR, Shape.of(3, 1));

  private static final Condition SHRINKAGE =
      Stationarity.ofStronglyConvex(
          Parameters.vector(3),
          THETA,
          (x, t) ->
              x.minus(t.pull().centre())
                  .square()
                  .sum()
                  .plus(t.a().times(x.square().sum()))
                  .times(0.5));

  private static final Matrix CENTRE = Matrix.column(1, -2, 4);
  private static final Map<String, Matrix> AT =
      Map.of("a", Matrix.scalar(3), "pull.centre", CENTRE);

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(expected.norm()).isGreaterThan(1e-2);
    assertThat(actual.minus(expected).norm()).isLessThan(1e-10 * expected.norm());
  }

  @Test
  void derivativesComeByName() {
    ImplicitFunction function = ImplicitFunction.of(SHRINKAGE);
    assertThat(function.layout().names()).containsExactly("a", "pull.centre");
    try (ImplicitSolution solution = function.solve(AT)) {
      assertClose(solution.x(), CENTRE.times(0.25));
      assertClose(solution.jacobian("a").orThrow(), CENTRE.times(-1.0 / 16));
      assertClose(solution.jacobian("pull.centre").orThrow(), Matrix.identity(3).times(0.25));
      Matrix u = Matrix.column(1, 1, 1);
      assertClose(solution.vjp("a", u).orThrow(), Matrix.scalar(-3.0 / 16));
      assertClose(solution.vjp("pull.centre", u).orThrow(), u.times(0.25));
      Map<String, Matrix> all = THETA.named(solution.vjp(u).orThrow());
      assertClose(all.get("a"), Matrix.scalar(-3.0 / 16));
      assertClose(all.get("pull.centre"), u.times(0.25));
      assertClose(solution.jvp(Map.of("a", Matrix.scalar(2))).orThrow(), CENTRE.times(-2.0 / 16));
      assertClose(solution.jvp(Map.of("pull.centre", u)).orThrow(), u.times(0.25));
    }
  }

  /** More parameters than unknowns in the part: in reverse, of the part alone. */
  @Test
  void wideParts() {
    record Wide(Var scale, Var matrix) {}
    Parameters<Wide> theta = Parameters.of(Wide.class, Shape.SCALAR, Shape.of(2, 3));
    Matrix ones = Matrix.column(1, 1, 1);
    Condition product =
        Stationarity.of(
            Parameters.vector(2),
            theta,
            (x, t) ->
                x.minus(t.matrix().matmul(Var.constant(ones)).times(t.scale())).square().sum());
    Matrix a = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    try (ImplicitSolution solution =
        ImplicitFunction.of(product).solve(Map.of("scale", Matrix.scalar(2), "matrix", a))) {
      assertClose(
          solution.jacobian("matrix").orThrow(),
          Matrix.of(2, 6, 2, 2, 2, 0, 0, 0, 0, 0, 0, 2, 2, 2));
      assertClose(solution.jacobian("scale").orThrow(), Matrix.column(6, 15));
      assertThat(solution.jacobian().orThrow().columns(1, 7))
          .isEqualTo(solution.jacobian("matrix").orThrow());
    }
  }

  /** The solution as a function of its parts, inside a larger program: d(x)/da = -c / (1 + a)^2. */
  @Test
  void partsAreArgumentsOfALargerProgram() {
    ImplicitFunction function = ImplicitFunction.of(SHRINKAGE);
    ExplicitFunction twice =
        ExplicitFunction.of((a, c) -> function.value(THETA.pack(a.square(), c)).times(2));
    List<Matrix> at = List.of(Matrix.scalar(Math.sqrt(3)), CENTRE);
    assertClose(twice.at(at), CENTRE.times(0.5));
    assertClose(twice.jacobian(at, 0), CENTRE.times(-2.0 / 16 * 2 * Math.sqrt(3)));
    assertClose(twice.jacobian(at, 1), Matrix.identity(3).times(0.5));
    assertThatThrownBy(() -> THETA.pack(Var.constant(1), Var.constant(1)))
        .hasMessage("Invalid leaves: [1 x 1, 1 x 1] (must be [1 x 1, 3 x 1] in order)");
  }

  /** A condition that is written on a vector takes names too; lasso of x - c, soft thresholds. */
  @Test
  void aVectorTakesNames() {
    Condition lasso =
        ProximalGradient.ofConvex(
            3,
            4,
            (x, t) -> x.minus(t.slice(Side.ROWS, 1, 4)).square().sum().times(0.5),
            (point, t, eta) -> Prox.lasso(t.at(0)).of(point, eta));
    ImplicitFunction function = ImplicitFunction.of(lasso).with(THETA);
    try (ImplicitSolution solution =
        function.solve(Map.of("a", Matrix.scalar(1.5), "pull.centre", CENTRE))) {
      assertClose(solution.x(), Matrix.column(0, -0.5, 2.5));
      assertClose(solution.jacobian("a").orThrow(), Matrix.column(0, 1, -1));
    }
    assertThatThrownBy(() -> ImplicitFunction.of(lasso).with(Parameters.vector(3)))
        .hasMessage("Invalid layout: 3 numbers (must be 4, the length of theta)");
  }

  @Test
  void namesThatAreNotThereAreNamed() {
    ImplicitFunction function = ImplicitFunction.of(SHRINKAGE);
    assertThatThrownBy(() -> function.solve(Map.of("a", Matrix.scalar(1))))
        .hasMessage("Missing leaf: pull.centre (must be all of [a, pull.centre])");
    assertThatThrownBy(() -> function.solve(Map.of("b", Matrix.scalar(1))))
        .hasMessage("Unknown leaf: b (must be one of [a, pull.centre])");
    try (ImplicitSolution solution = function.solve(AT)) {
      assertThatThrownBy(() -> solution.jacobian("b"))
          .hasMessage("Unknown leaf: b (must be one of [a, pull.centre])");
    }
  }
}
