package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/**
 * Objectives that are no number everywhere, from inside their domain: every solver finds the
 * minimiser, or says that it has not.
 */
class SolverDomainTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Stopping STOPPING = Stopping.relative(1e-9, 500);

  /** f of one unknown and a parameter t = 1, with its minimiser and d x / d t. */
  private record Barrier(
      String name,
      ProximalGradient.Smooth f,
      double minimiser,
      double slope,
      List<Double> starts) {}

  private static final List<Barrier> BARRIERS =
      List.of(
          new Barrier(
              "x - log x",
              (x, t) -> t.times(x).minus(x.log()).sum(),
              1,
              -1,
              List.of(1e-3, 0.3, 1.5, 1500.0)),
          new Barrier("x + 1 / x", (x, t) -> x.plus(t.divide(x)).sum(), 1, 0.5, List.of(0.02, 1.5)),
          new Barrier(
              "t x + 1 / x^2",
              (x, t) -> x.times(t).plus(x.square().reciprocal()).sum(),
              Math.cbrt(2),
              -Math.cbrt(2) / 3,
              List.of(0.05, 1.5)),
          new Barrier(
              "x log x - t x",
              (x, t) -> x.times(x.log()).minus(x.times(t)).sum(),
              1,
              1,
              List.of(1e-3, 0.4, 40.0)),
          new Barrier(
              "x - t sqrt x",
              (x, t) -> x.minus(t.times(x.sqrt())).sum(),
              0.25,
              0.5,
              List.of(1e-3, 9.0)),
          new Barrier(
              "exp x - 1e6 t x",
              (x, t) -> x.exp().minus(x.times(t).times(1e6)).sum(),
              Math.log(1e6),
              1,
              List.of(0.0, 20.0)));

  record Line(String name, Solver solver, Barrier barrier, Condition condition, double start) {
    @Override
    public String toString() {
      return name + " on " + barrier.name() + " from " + start;
    }
  }

  private static Condition smooth(Barrier of) {
    Parameters<Var> one = Parameters.vector(1);
    return Stationarity.of(one, one, (Var x, Var t) -> of.f().of(x, t));
  }

  private static Condition boxed(Barrier of) {
    return ProximalGradient.onSet(
        1, 1, of.f(), t -> Projection.ontoBox(Var.constant(1e-12), Var.constant(1e300)));
  }

  private static Condition nonNegative(Barrier of) {
    return ProximalGradient.onSet(1, 1, of.f(), t -> Projection.ontoNonNegative());
  }

  private static Condition descent(Barrier of) {
    return FixedPoint.ofGradientStep(1, 1, of.f());
  }

  static Stream<Line> lines() {
    List<Line> lines = new ArrayList<>();
    List<Solver> minimisers =
        List.of(
            new Automatic(),
            Minimiser.lbfgs(),
            NewtonPolished.of(),
            Minimiser.steepestDescent(),
            Minimiser.nonlinearConjugateGradient(),
            Minimiser.acceleratedGradient(),
            Minimiser.fire(),
            Minimiser.trustRegionNewton(),
            Minimiser.stochasticGradient(StochasticStep.armijo(1), 2, 4),
            Minimiser.stochasticGradient(StochasticStep.adam(0.1), 2, 4),
            Newton.of(),
            RootFinder.broyden());
    List<Solver> composite =
        List.of(
            new Automatic(),
            CompositeMinimiser.proximalNewton(),
            CompositeMinimiser.boundedLbfgs(),
            CompositeMinimiser.ista(),
            CompositeMinimiser.fista(),
            CompositeMinimiser.coordinateDescent(),
            CompositeMinimiser.blockCoordinateDescent(),
            CompositeMinimiser.consensusSplitting(),
            RootFinder.picard());
    List<Solver> fixed =
        List.of(
            new Automatic(),
            RootFinder.picard(),
            RootFinder.anderson(),
            RootFinder.accelerated(RootFinder.picard(), 1, 5),
            RootFinder.broyden(),
            Newton.of());
    add(lines, "", minimisers, SolverDomainTest::smooth);
    add(lines, "boxed ", composite, SolverDomainTest::boxed);
    add(lines, "non-negative ", composite, SolverDomainTest::nonNegative);
    add(lines, "descent ", fixed, SolverDomainTest::descent);
    return lines.stream();
  }

  private static void add(
      List<Line> lines, String kind, List<Solver> solvers, Function<Barrier, Condition> of) {
    for (Solver solver : solvers) {
      for (Barrier barrier : BARRIERS) {
        for (double start : barrier.starts()) {
          lines.add(new Line(kind + solver.name(), solver, barrier, of.apply(barrier), start));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theMinimiserOrAnHonestOutcome(Line line) {
    ImplicitFunction function =
        ImplicitFunction.of(line.condition(), line.solver(), LinearSolver.auto(1e-11), STOPPING);
    Matrix start = Matrix.scalar(line.start());
    try (ImplicitSolution found = function.solve(NONE, Matrix.scalar(1), start)) {
      double least = line.barrier().minimiser();
      boolean isFound = Math.abs(found.x().value() - least) <= 1e-4 * least;
      assertThat(isFound || !found.inner().outcome().isConverged())
          .as(found.inner().outcome() + " at " + found.x())
          .isTrue();
      if (line.name().endsWith("auto") || line.name().contains("proximal")) {
        assertThat(found.inner().outcome()).isIn(Outcome.CONVERGED, Outcome.STALLED);
        assertThat(isFound).isTrue();
        assertThat(found.vjp(Matrix.scalar(1)).value().value())
            .isCloseTo(line.barrier().slope(), within(1e-3));
      }
    }
  }

  /** x_i = exp(t_i) / sum exp(t_j): the derivative is diag(x) - x x'. */
  @Test
  void entropyOnTheSimplexBeginsWhereTheUserSays() {
    ProximalGradient.Smooth f = (z, t) -> t.dot(z).negate().plus(z.times(z.log()).sum());
    Matrix theta = Matrix.column(0.3, 0.4);
    double x = 1 / (1 + Math.exp(0.1));
    Kkt<Var, Var> kkt =
        Kkt.of(Parameters.vector(2), Parameters.vector(2), (Var z, Var t) -> f.of(z, t))
            .withEqualities((z, t) -> z.sum().minus(1));
    Map<Condition, Matrix> starts =
        Map.of(
            MirrorDescent.ofSimplex(2, 2, f),
            Matrix.column(0.5, 0.5),
            kkt,
            Matrix.column(0.5, 0.5, 0));
    starts.forEach(
        (condition, start) -> {
          ImplicitFunction function =
              ImplicitFunction.of(condition, new Automatic(), LinearSolver.auto(1e-11), STOPPING);
          try (ImplicitSolution found = function.solve(NONE, theta, start)) {
            assertThat(found.inner().orThrow().at(0)).isCloseTo(x, within(1e-8));
            Matrix cotangent = start.map(v -> 0).with(start, (a, b) -> a);
            double[] second = cotangent.toArray();
            second[1] = 1;
            Matrix vjp = found.vjp(Matrix.column(second)).orThrow();
            double slope = x * (1 - x);
            assertThat(vjp.at(0)).isCloseTo(-slope, within(1e-7));
            assertThat(vjp.at(1)).isCloseTo(slope, within(1e-7));
          }
        });
  }

  /** Counts of millions: a first step of unit length overflows exp. */
  @Test
  void countsOfMillionsUnderAnL1Penalty() {
    double[] a = {3, -1, 0.5};
    double[] y = {3269017, 0, 12};
    ProximalGradient.Smooth f =
        (x, t) -> {
          Var score = Var.constant(Matrix.column(a)).times(x);
          return score.exp().minus(Var.constant(Matrix.column(y)).times(score)).sum().divide(3);
        };
    Condition condition =
        ProximalGradient.of(1, 1, f, (v, t, eta) -> Prox.lasso(t.exp()).of(v, eta));
    double expected = root(a, y);
    for (Solver solver :
        List.of(
            new Automatic(),
            CompositeMinimiser.proximalNewton(),
            CompositeMinimiser.owlqn(),
            CompositeMinimiser.ista(),
            CompositeMinimiser.fista())) {
      ImplicitFunction function =
          ImplicitFunction.of(condition, solver, LinearSolver.auto(1e-11), STOPPING);
      try (ImplicitSolution found = function.solve(NONE, Matrix.scalar(0))) {
        assertThat(found.inner().orThrow().value())
            .as(solver.name())
            .isCloseTo(expected, within(1e-7));
      }
    }
  }

  /** The root of mean a_i (exp(a_i x) - y_i) + 1 = 0, x > 0, by bisection. */
  private static double root(double[] a, double[] y) {
    double low = 0;
    double high = 10;
    for (int k = 0; k < 200; k++) {
      double x = (low + high) / 2;
      double slope = 3;
      for (int i = 0; i < a.length; i++) {
        slope += a[i] * (Math.exp(a[i] * x) - y[i]);
      }
      low = slope < 0 ? x : low;
      high = slope < 0 ? high : x;
    }
    return low;
  }
}
