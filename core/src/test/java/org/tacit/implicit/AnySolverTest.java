package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Solvers written by a user are as good as ours: here plain Newton steps with a dense inverse by
 * programs of our own.
 */
class AnySolverTest {
  private static final Program SOLVE =
      Program.of("x", Var.input("A", Shape.of(3, 3)).solve(Var.input("b", Shape.of(3, 1))).node());

  private static final LinearSolver DENSE =
      new LinearSolver() {
        @Override
        public String name() {
          return "users dense";
        }

        @Override
        public PreparedSolver prepare(LinearOperator operator) {
          Matrix a = operator.apply(Matrix.identity(operator.cols()));
          return (of, b, start) -> solved(of == PreparedSolver.Of.MATRIX ? a : a.transpose(), b);
        }
      };

  private static final Solver NEWTON =
      new Solver() {
        @Override
        public String name() {
          return "users newton";
        }

        @Override
        public Solution solve(Problem problem, Matrix start, Stopping stopping) {
          Matrix x = start;
          for (int k = 0; k < 8; k++) {
            try (var jacobian = problem.jacobian(x)) {
              x = x.minus(DENSE.prepare(jacobian).solve(problem.evaluate(x).residual()).value());
            }
          }
          double residual = problem.evaluate(x).residual().norm();
          return new Solution(
              x, Outcome.CONVERGED, name(), 8, residual, residual, OptionalDouble.empty());
        }
      };

  private static Solution solved(Matrix a, Matrix b) {
    List<Matrix> columns =
        java.util.stream.IntStream.range(0, b.cols())
            .mapToObj(
                k ->
                    Passes.over(Map.of())
                        .evaluate(SOLVE, Map.of("A", a, "b", b.columnAt(k)))
                        .get("x"))
            .toList();
    return new Solution(
        Matrix.beside(columns), Outcome.CONVERGED, "dense", 1, 0, 0, OptionalDouble.of(1));
  }

  private final Condition ridge = Golden.ridge();
  private final ImplicitFunction function =
      ImplicitFunction.of(ridge, NEWTON, DENSE, Stopping.relative(1e-12, 10));
  private final Passes passes = Passes.over("train", Golden.table(4));

  @Test
  void ridgeMeetsTheGoldenValues() {
    try (ImplicitSolution solution = function.solve(passes, Matrix.scalar(0.5))) {
      Matrix w = Matrix.column(0.280490721037, 0.064766301913, -0.055831959339);
      Matrix derivative = Matrix.column(-0.287057067713, -0.069908938568, 0.064995611912);
      assertThat(solution.x().minus(w).maxAbs()).isLessThan(1e-12);
      assertThat(solution.jacobian().orThrow().minus(derivative).maxAbs()).isLessThan(1e-12);
      Matrix forward = solution.jvp(Matrix.scalar(2)).orThrow();
      assertThat(forward.minus(derivative.times(2)).maxAbs()).isLessThan(1e-12);
      Matrix cotangent = Matrix.column(1, -2, 3);
      assertThat(solution.vjp(cotangent).orThrow().value())
          .isCloseTo(cotangent.dot(derivative), within(1e-11));
    }
  }

  @Test
  void theGradientOfABilevelObjectiveIsOneGradientCall() {
    Var theta = Var.input("log lambda", Shape.of(1, 1));
    Var x = function.value(theta.exp());
    Var outer = x.slice(org.tacit.primitive.Side.ROWS, 0, 1).square().plus(x.sum().sin());
    Var gradient = Vjp.gradient(outer, theta);
    Var hessian = Vjp.gradient(gradient, theta);
    Map<String, Node> outputs =
        Map.of("f", outer.node(), "g", gradient.node(), "h", hessian.node());
    Program program = Program.of(outputs);
    double at = Math.log(0.5);
    double h = 1e-4;
    var here = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at)));
    var up = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at + h)));
    var down = passes.evaluate(program, Map.of("log lambda", Matrix.scalar(at - h)));
    double slope = (up.get("f").value() - down.get("f").value()) / (2 * h);
    double curvature = (up.get("g").value() - down.get("g").value()) / (2 * h);
    assertThat(here.get("g").value()).isCloseTo(slope, within(1e-8));
    assertThat(here.get("h").value()).isCloseTo(curvature, within(1e-8));
    assertThat(Math.abs(slope)).isGreaterThan(0.01);
    assertThat(Math.abs(curvature)).isGreaterThan(0.01);
  }
}
