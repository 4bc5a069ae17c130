package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.LeastSquares;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/** Solves cut short and begun again where they ended; and objectives without a minimiser. */
class SolverRestartTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Parameters<Var> TWO = Parameters.vector(2);
  private static final Parameters<Var> ONE = Parameters.vector(1);

  private static Var errors(Var x) {
    Var a = x.slice(Side.ROWS, 0, 1);
    Var b = x.slice(Side.ROWS, 1, 2);
    return Var.concatenate(Side.ROWS, a.negate().plus(1), b.minus(a.square()).times(10));
  }

  private static Problem at(Condition condition) {
    return ReadyCondition.of(condition).at(NONE, Matrix.scalar(0));
  }

  static Stream<Solver> minimisers() {
    return Stream.of(
        new Automatic(),
        Minimiser.lbfgs(),
        NewtonPolished.of(),
        Minimiser.steepestDescent(),
        Minimiser.nonlinearConjugateGradient(),
        Minimiser.acceleratedGradient(),
        Minimiser.fire(),
        Minimiser.trustRegionNewton(),
        Minimiser.gaussNewton(),
        Minimiser.levenbergMarquardt());
  }

  /** (1 - a)^2 + 100 (b - a^2)^2, whose gradient grows before it falls. */
  @ParameterizedTest
  @MethodSource("minimisers")
  void tenIterationsAtATimeReachRosenbrocksMinimum(Solver solver) {
    Problem problem = at(LeastSquares.of(TWO, ONE, (Var x, Var t) -> errors(x)));
    assertThat(restarted(solver, problem, 500)).isLessThan(1e-4);
  }

  static Stream<Solver> ofBoxes() {
    return Stream.of(
        new Automatic(),
        CompositeMinimiser.proximalNewton(),
        CompositeMinimiser.boundedLbfgs(),
        CompositeMinimiser.ista(),
        CompositeMinimiser.fista());
  }

  @ParameterizedTest
  @MethodSource("ofBoxes")
  void tenIterationsAtATimeReachItInABox(Solver solver) {
    Problem problem =
        at(
            ProximalGradient.onSet(
                2,
                1,
                (x, t) -> errors(x).square().sum(),
                t -> Projection.ontoBox(Var.constant(-5), Var.constant(5))));
    assertThat(restarted(solver, problem, 2000))
        .isLessThan(solver.name().equals("ista") ? 0.7 : 0.02);
  }

  static Stream<Solver> ofTwoParts() {
    return Stream.of(
        new Automatic(),
        CompositeMinimiser.proximalNewton(),
        CompositeMinimiser.fista(),
        CompositeMinimiser.ista(),
        CompositeMinimiser.coordinateDescent(),
        CompositeMinimiser.blockCoordinateDescent(),
        CompositeMinimiser.consensusSplitting(),
        CompositeMinimiser.owlqn(),
        CompositeMinimiser.boundedLbfgs());
  }

  /** Rosenbrock's valley, whose residuals rise before they fall, with a lasso and in a box. */
  @ParameterizedTest
  @MethodSource("ofTwoParts")
  void outOfBudgetTheLowestPointIsReturned(Solver solver) {
    Condition box =
        ProximalGradient.onSet(
            2,
            1,
            (x, t) -> errors(x).square().sum(),
            t -> Projection.ontoBox(Var.constant(-0.5), Var.constant(5)));
    Condition lasso =
        ProximalGradient.of(
            2,
            1,
            (x, t) -> errors(x).square().sum(),
            (v, t, eta) -> Prox.lasso(Var.constant(0.2)).of(v, eta));
    for (Condition condition :
        solver.name().equals("owl-qn + newton") ? List.of(lasso) : List.of(box, lasso)) {
      if (solver.name().equals("l-bfgs-b + newton") && condition == lasso) {
        continue;
      }
      double a = condition == lasso ? 0.2 : 0;
      for (int budget = 1; budget < 15; budget++) {
        List<Double> seen = new ArrayList<>();
        Stopping stopping =
            new Stopping(0, 1e-12, budget).withListener(it -> seen.add(value(it.x(), a)));
        Matrix start = Matrix.column(-0.3, 1.5);
        Matrix x = solver.solve(at(condition), start, stopping).value();
        double least = seen.stream().mapToDouble(v -> v).min().orElseThrow();
        assertThat(value(x, a))
            .as("%s after %d iterations", x, budget)
            .isLessThanOrEqualTo(Math.min(least, value(start, a)) * (1 + 1e-12));
      }
    }
  }

  private static double value(Matrix x, double a) {
    boolean isInside = a > 0 || (x.at(0) >= -0.5 && x.at(1) >= -0.5 && x.maxAbs() <= 5);
    double f = Math.pow(1 - x.at(0), 2) + 100 * Math.pow(x.at(1) - x.at(0) * x.at(0), 2);
    double g = a * (Math.abs(x.at(0)) + Math.abs(x.at(1)));
    return isInside ? f + g : Double.POSITIVE_INFINITY;
  }

  private static double restarted(Solver solver, Problem problem, int restarts) {
    Matrix least = Matrix.column(1, 1);
    Matrix x = Matrix.column(0, 0);
    double first = problem.evaluate(x).residual().norm();
    for (int k = 0; k < restarts && x.minus(least).norm() > 1e-5; k++) {
      x = solver.solve(problem, x, new Stopping(0, 1e-8 * first, 10)).value();
    }
    return x.minus(least).norm();
  }

  static Stream<Solver> smooth() {
    return Stream.of(
        new Automatic(),
        Minimiser.lbfgs(),
        Minimiser.steepestDescent(),
        Minimiser.nonlinearConjugateGradient(),
        Minimiser.acceleratedGradient(),
        Minimiser.fire(),
        Minimiser.trustRegionNewton());
  }

  /** log(1 + exp(-x)) and exp(-x) + y^2: no x is the minimiser, but every tolerance is reached. */
  @ParameterizedTest
  @MethodSource("smooth")
  void anInfimumThatNoPointHasIsNoConvergence(Solver solver) {
    Problem separable =
        at(
            Stationarity.of(
                TWO,
                ONE,
                (Var x, Var t) ->
                    Var.constant(Matrix.of(3, 2, 1, 2, 2, -1, 0.5, 0.3))
                        .matmul(x)
                        .negate()
                        .softplus()
                        .sum()));
    Problem oneClass =
        at(
            Stationarity.of(
                TWO,
                ONE,
                (Var x, Var t) -> {
                  Var b = x.slice(Side.ROWS, 1, 2);
                  Var w = x.slice(Side.ROWS, 0, 1);
                  return Var.constant(Matrix.column(1, -2, 0.5))
                      .times(w)
                      .plus(b)
                      .negate()
                      .softplus()
                      .sum()
                      .plus(w.square().sum().times(0.1));
                }));
    Problem power =
        at(Stationarity.of(TWO, ONE, (Var x, Var t) -> x.square().plus(1).reciprocal().sum()));
    for (Problem problem : new Problem[] {separable, oneClass, power}) {
      Stopping until = Stopping.relative(1e-8, solver.name().equals("fire") ? 20_000 : 2000);
      Solution solution = solver.solve(problem, Matrix.column(0.3, 0.1), until);
      assertThat(solution.outcome()).as("at " + solution.value()).isNotEqualTo(Outcome.CONVERGED);
      if (solver instanceof Automatic || solver.name().equals("trust-region newton")) {
        assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void aFlatMinimumIsOne(Solver solver) {
    Problem flat =
        at(
            Stationarity.of(
                TWO,
                ONE,
                (Var x, Var t) -> x.minus(3).square().square().sum().plus(x.sum().square())));
    Solution solution = solver.solve(flat, Matrix.column(9, -2), Stopping.relative(1e-8, 5000));
    assertThat(solution.outcome()).isNotEqualTo(Outcome.UNBOUNDED);
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void aFallWithoutEndIsCalledSo(Solver solver) {
    Problem linear = at(Stationarity.of(TWO, ONE, (Var x, Var t) -> x.sum().negate()));
    Solution solution = solver.solve(linear, Matrix.column(1, 2), Stopping.relative(1e-8, 2000));
    assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
  }

  /** Breeze's line search refuses such slopes by an exception of its own. */
  @Test
  void steepBowlsAreSolvedWithoutBreezesComplaints() {
    for (double scale : new double[] {5e7, 1e-9, 3e15, 1e150}) {
      Problem bowl = at(Stationarity.of(TWO, ONE, (Var x, Var t) -> x.square().sum().times(scale)));
      for (Solver solver : new Solver[] {Minimiser.lbfgs(), new Automatic()}) {
        Solution solution = solver.solve(bowl, Matrix.column(1, 1), Stopping.relative(1e-6, 100));
        assertThat(solution.orThrow().norm()).isLessThan(1e-5);
      }
    }
  }
}
