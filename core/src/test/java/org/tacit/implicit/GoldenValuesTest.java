package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.Root;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.solver.ConstrainedMinimiser;
import org.tacit.solver.Minimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Solutions and derivatives with closed forms or known to many digits. */
class GoldenValuesTest {
  private static final Offset<Double> CLOSE = within(1e-11);

  private final Passes none = Passes.over(Map.of());

  private static ImplicitFunction function(Condition condition, Solver solver) {
    return ImplicitFunction.of(
        condition, solver, LinearSolver.auto(1e-14), Stopping.relative(1e-13, 200));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 5, 1})
  void ridgeWhateverTheSolverAndThePartitions(int rowsPerPartition) {
    Condition ridge = Golden.ridge();
    Passes passes = Passes.over("train", Golden.table(rowsPerPartition));
    for (Solver solver : List.of(Minimiser.newtonPolished(), RootFinder.newton())) {
      try (ImplicitSolution solution = function(ridge, solver).solve(passes, Matrix.scalar(0.5))) {
        Matrix w = Matrix.column(0.280490721037, 0.064766301913, -0.055831959339);
        Matrix derivative = Matrix.column(-0.287057067713, -0.069908938568, 0.064995611912);
        assertThat(solution.inner().orThrow().minus(w).maxAbs()).isLessThan(1e-12);
        assertThat(solution.jacobian().orThrow().minus(derivative).maxAbs()).isLessThan(1e-12);
      }
    }
    ImplicitFunction rough =
        ImplicitFunction.of(
            ridge,
            Minimiser.lbfgs(),
            LinearSolver.conjugateGradient(1e-13, 1000),
            Stopping.relative(1e-6, 100));
    try (ImplicitSolution solution = rough.solve(passes, Matrix.scalar(0.5))) {
      assertThat(solution.jacobian().orThrow().at(0)).isCloseTo(-0.287057067713, within(1e-5));
    }
  }

  @Test
  void cosineFixedPoint() {
    Condition cosine = FixedPoint.of(1, 1, (x, theta) -> x.cos().plus(theta));
    for (Solver solver : List.of(RootFinder.picard(), RootFinder.newton())) {
      try (ImplicitSolution solution = function(cosine, solver).solve(none, Matrix.scalar(0))) {
        assertThat(solution.inner().orThrow().value()).isCloseTo(0.7390851332151607, CLOSE);
        assertThat(solution.vjp(Matrix.scalar(1)).orThrow().value())
            .isCloseTo(0.5975100456753034, CLOSE);
        assertThat(solution.jvp(Matrix.scalar(1)).orThrow().value())
            .isCloseTo(0.5975100456753034, CLOSE);
      }
    }
  }

  @Test
  void rootOfACubic() {
    Condition cubic =
        Root.of(
            Parameters.vector(1),
            Parameters.vector(1),
            (x, f) -> f.times(x.pow(3)).minus(x).minus(2));
    double[][] known = {
      {1, 1.5213797068045676, -0.5924469933174596}, {2, 1.1653730430624147, -0.22139916266115015}
    };
    for (double[] at : known) {
      Matrix factor = Matrix.scalar(at[0]);
      try (ImplicitSolution solution =
          function(cubic, RootFinder.newton()).solve(none, factor, Matrix.scalar(1.5))) {
        assertThat(solution.inner().orThrow().value()).isCloseTo(at[1], CLOSE);
        assertThat(solution.jacobian().orThrow().value()).isCloseTo(at[2], CLOSE);
      }
    }
  }

  @Test
  void halfAndShift() {
    Condition half = FixedPoint.of(1, 1, (x, theta) -> x.times(0.5).plus(theta));
    try (ImplicitSolution solution =
        function(half, RootFinder.picard()).solve(none, Matrix.scalar(3))) {
      assertThat(solution.inner().orThrow().value()).isCloseTo(6, CLOSE);
      assertThat(solution.jacobian().orThrow().value()).isCloseTo(2, CLOSE);
    }
  }

  /**
   * min z'Qz/2 + c'z subject to Az = b through its equations of optimality, unknowns (z, nu), with
   * A not symmetric in sign.
   */
  @Test
  void quadraticProgramByItsOptimalityEquations() {
    Matrix q = Matrix.of(2, 2, 4, 1, 1, 2);
    record Unknowns(Var z, Var nu) {}
    record Data(Var c, Var b) {}
    Condition kkt =
        Root.of(
            Parameters.of(Unknowns.class, Shape.of(2, 1), Shape.of(1, 1)),
            Parameters.of(Data.class, Shape.of(2, 1), Shape.of(1, 1)),
            (x, data) ->
                Var.concatenate(
                    org.tacit.primitive.Side.ROWS,
                    Var.constant(q).matmul(x.z()).plus(data.c()).plus(x.nu()),
                    x.z().sum().minus(data.b())));
    try (ImplicitSolution solution =
        function(kkt, RootFinder.newton()).solve(none, Matrix.column(1, 1, 1))) {
      assertThat(solution.inner().orThrow().minus(Matrix.column(0.25, 0.75, -2.75)).maxAbs())
          .isLessThan(1e-12);
      Matrix expected = Matrix.of(3, 3, -.25, .25, .25, .25, -.25, .75, -.25, -.75, -1.75);
      Matrix jacobian = solution.jacobian().orThrow();
      assertThat(jacobian.minus(expected).maxAbs()).isLessThan(1e-12);
      Matrix reverse = solution.vjp(Matrix.identity(3)).orThrow().transpose();
      assertThat(reverse.minus(expected).maxAbs()).isLessThan(1e-12);
    }
  }

  /** The same program in all its data, with and without z >= 0, which does not bind. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void quadraticProgramInAllItsData(boolean isNonNegative) {
    record Data(Var q, Var c, Var a, Var b) {}
    Parameters<Data> data =
        Parameters.of(Data.class, Shape.of(2, 2), Shape.of(2, 1), Shape.of(1, 2), Shape.of(1, 1));
    Kkt<Var, Data> equalities =
        Kkt.of(
                Parameters.vector(2),
                data,
                (Var z, Data d) -> z.dot(d.q().matmul(z)).times(0.5).plus(d.c().dot(z)))
            .withEqualities((z, d) -> d.a().matmul(z).minus(d.b()));
    Kkt<Var, Data> kkt =
        isNonNegative ? equalities.withInequalities((z, d) -> z.negate()) : equalities;
    Matrix theta =
        data.pack(
            Matrix.of(2, 2, 4, 1, 1, 2),
            Matrix.column(1, 1),
            Matrix.of(1, 2, 1, 1),
            Matrix.scalar(1));
    try (ImplicitSolution solution =
        function(kkt, ConstrainedMinimiser.interiorPoint()).solve(none, theta)) {
      Matrix x = solution.inner().orThrow();
      assertThat(kkt.primal(x).get(0).minus(Matrix.column(0.25, 0.75)).maxAbs()).isLessThan(1e-11);
      assertThat(kkt.equalityMultipliers(x).value()).isCloseTo(-2.75, CLOSE);
      assertThat(kkt.inequalityMultipliers(x).maxAbs()).isLessThan(1e-11);
      Matrix cotangent = Matrix.identity(kkt.unknowns()).columnAt(0);
      Matrix gradient = solution.vjp(cotangent).orThrow();
      List<Matrix> parts = data.unpack(gradient);
      Matrix inQ = Matrix.of(2, 2, -.0625, -.0625, -.0625, .1875);
      assertThat(parts.get(0).minus(inQ).maxAbs()).isLessThan(1e-11);
      assertThat(parts.get(1).minus(Matrix.column(-.25, .25)).maxAbs()).isLessThan(1e-11);
      assertThat(parts.get(2).minus(Matrix.of(1, 2, .625, -.875)).maxAbs()).isLessThan(1e-11);
      assertThat(parts.get(3).value()).isCloseTo(0.25, CLOSE);
      Matrix direction = Matrix.column(1, 2, 2, -1, 0.5, 1, 3, -2, 1);
      double forward = solution.jvp(direction).orThrow().at(0);
      assertThat(forward).isCloseTo(gradient.dot(direction), CLOSE);
      assertThat(solution.jacobian().orThrow().at(2, 8)).isCloseTo(-1.75, CLOSE);
    }
  }
}
