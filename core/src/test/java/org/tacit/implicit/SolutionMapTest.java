package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** Parameters mapped before a condition, solutions mapped after it. */
class SolutionMapTest {
  private static final Matrix W = Matrix.column(0.280490721037, 0.064766301913, -0.055831959339);
  private static final Matrix DW = Matrix.column(-0.287057067713, -0.069908938568, 0.064995611912);

  private final Passes passes = Passes.over("train", Golden.table(4));

  private static ImplicitFunction function(Condition condition) {
    return ImplicitFunction.of(
        condition,
        Minimiser.newtonPolished(),
        LinearSolver.auto(1e-12),
        Stopping.relative(1e-13, 100));
  }

  /** sum over rows of (x_i . w)^2, and lambda w: the one over a table, the other of theta too. */
  private static Var map(Var w, Var lambda) {
    Var energy = Golden.ROWS.features().matmul(w).square().sumRows();
    return Var.concatenate(Side.ROWS, energy, w.times(lambda));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8})
  void aMapOfTheSolutionAndOfTheta(double lambda) {
    ImplicitFunction ridge = function(Golden.ridge());
    SolutionMap map = SolutionMap.of(ridge, SolutionMapTest::map);
    double h = 1e-4;
    Matrix difference = value(ridge, map, lambda + h).minus(value(ridge, map, lambda - h));
    Matrix expected = difference.times(1 / (2 * h));
    try (ImplicitSolution solution = ridge.solve(passes, Matrix.scalar(lambda))) {
      Matrix derivative = map.jacobian(solution).orThrow();
      assertThat(derivative.minus(expected).maxAbs()).isLessThan(1e-7);
      assertThat(expected.maxAbs()).isGreaterThan(0.1);
      Matrix forward = map.jvp(solution, Matrix.of(1, 2, 1, -3)).orThrow();
      assertThat(forward.columnAt(0).minus(derivative).maxAbs()).isLessThan(1e-12);
      assertThat(forward.columnAt(1).plus(3, derivative).maxAbs()).isLessThan(1e-12);
      Matrix reverse = map.vjp(solution, Matrix.identity(4)).orThrow();
      assertThat(reverse.transpose().minus(derivative).maxAbs()).isLessThan(1e-11);
    }
  }

  /** What would be linearised again would never be let go of. */
  @Test
  void aClosedSolutionHasNoDerivatives() {
    ImplicitSolution solution = function(Golden.ridge()).solve(passes, Matrix.scalar(0.5));
    Matrix cotangent = Matrix.column(1, 0, 0);
    assertThat(solution.vjp(cotangent).orThrow().norm()).isPositive();
    solution.close();
    assertThatThrownBy(() -> solution.vjp(cotangent))
        .hasMessage("Invalid solution: it is closed (take its derivatives before)");
    assertThat(solution.x().norm()).isPositive();
  }

  private Matrix value(ImplicitFunction function, SolutionMap map, double lambda) {
    try (ImplicitSolution solution = function.solve(passes, Matrix.scalar(lambda))) {
      solution.inner().orThrow();
      return map.value(solution);
    }
  }

  @Test
  void aMappedSolutionIsAValueOfALargerProgram() {
    SolutionMap map = SolutionMap.of(function(Golden.ridge()), SolutionMapTest::map);
    Var theta = Var.input("log lambda", Shape.SCALAR);
    Var outer = map.value(theta.exp()).square().sum();
    Var gradient = Vjp.gradient(outer, theta);
    Program program =
        Program.of(
            Map.<String, Node>of(
                "f", outer.node(),
                "g", gradient.node(),
                "h", Vjp.gradient(gradient, theta).node()));
    double h = 1e-4;
    double at = -0.4;
    var here = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at)));
    var up = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at + h)));
    var down = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at - h)));
    double slope = (up.get("f").value() - down.get("f").value()) / (2 * h);
    double curvature = (up.get("g").value() - down.get("g").value()) / (2 * h);
    assertThat(Math.abs(slope)).isGreaterThan(0.01);
    assertThat(Math.abs(curvature)).isGreaterThan(0.01);
    assertThat(here.get("g").value()).isCloseTo(slope, within(1e-7));
    assertThat(here.get("h").value()).isCloseTo(curvature, within(1e-7));
  }

  /** lambda = exp(a) b in (a, b), and in one parameter, exp(a) / 2. */
  @Test
  void aConditionInOtherParameters() {
    record Scaled(Var a, Var b) {}
    double a = Math.log(0.25);
    Condition two =
        Golden.ridge()
            .reparametrised(
                Parameters.of(Scaled.class, Shape.SCALAR, Shape.SCALAR),
                p -> p.a().exp().times(p.b()));
    Condition one = Golden.ridge().reparametrised(Parameters.vector(1), p -> p.exp().times(2));
    assertThat(two.structure()).isEqualTo(Golden.ridge().structure());
    assertThat(two.kind().objective()).isPresent();
    check(two, Matrix.column(a, 2), Matrix.of(1, 2, 0.5, 0.25));
    check(one, Matrix.scalar(a), Matrix.scalar(0.5));
  }

  private void check(Condition condition, Matrix theta, Matrix dLambda) {
    try (ImplicitSolution solution = function(condition).solve(passes, theta)) {
      Matrix expected = DW.times(dLambda);
      assertThat(solution.inner().orThrow().minus(W).maxAbs()).isLessThan(1e-11);
      assertThat(solution.jacobian().orThrow().minus(expected).maxAbs()).isLessThan(1e-11);
      Matrix reverse = solution.vjp(Matrix.identity(3)).orThrow().transpose();
      assertThat(reverse.minus(expected).maxAbs()).isLessThan(1e-11);
    }
  }

  @Test
  void shapesAreChecked() {
    assertThatThrownBy(() -> Golden.ridge().reparametrised(Parameters.vector(2), p -> p.times(2)))
        .hasMessage("Invalid parameter map: it gives 2 x 1 (must be 1 x 1)");
    ImplicitFunction ridge = function(Golden.ridge());
    assertThatThrownBy(() -> SolutionMap.of(ridge, (w, t) -> Golden.ROWS.features().matmul(w)))
        .hasMessageContaining("Invalid map of a solution: rows(train) x 1 (must be replicated");
    Condition other =
        Stationarity.ofStronglyConvex(
            Parameters.vector(1), Parameters.vector(1), (Var x, Var t) -> x.minus(t).square());
    SolutionMap map = SolutionMap.of(function(other), (x, t) -> x);
    try (ImplicitSolution solution = ridge.solve(passes, Matrix.scalar(1))) {
      assertThatThrownBy(() -> map.value(solution))
          .hasMessageContaining("Invalid solution: it is of another function");
    }
  }
}
