package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.breeze.Factorisation;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/** What users may choose of solvers does what its formula says. */
class OpeningsTest {
  private static final int N = 6;
  private static final Matrix Q = quadratic();
  private static final Matrix B = Matrix.column(1, -2, 3, 0.5, -1, 2);

  private static Matrix quadratic() {
    double[] q = new double[N * N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        q[i * N + j] = 1.0 / (i + j + 1) + (i == j ? 0.2 + i : 0);
      }
    }
    return Matrix.adopting(N, N, q);
  }

  private static Var half(Var x) {
    return x.dot(Var.constant(Q).matmul(x)).times(0.5).minus(x.dot(Var.constant(B)));
  }

  private static Problem at(Condition condition) {
    return ReadyCondition.of(condition).at(Passes.none(), Matrix.scalar(0.3));
  }

  private static Problem minimum() {
    return at(
        Stationarity.ofStronglyConvex(
            Parameters.vector(N), Parameters.vector(1), (x, t) -> half(x)));
  }

  private static List<Matrix> path(Solver solver, Problem problem, Stopping stopping) {
    List<Matrix> points = new ArrayList<>();
    points.add(Matrix.zeros(N, 1));
    solver.solve(problem, Matrix.zeros(N, 1), stopping.withListener(step -> points.add(step.x())));
    return points;
  }

  private static void assertSolved(Solution solution) {
    assertThat(solution.outcome()).isEqualTo(Outcome.CONVERGED);
    Matrix expected = Factorisation.lu(Q).solve(B);
    assertThat(solution.value().minus(expected).norm()).isLessThan(1e-7 * expected.norm());
  }

  /** A user's line search, exact on quadratics: two slopes give the minimiser. */
  private static final Minimiser.LineSearch EXACT =
      (ray, first) ->
          ray.at(1).flatMap(trial -> ray.at(ray.slope() / (ray.slope() - trial.slope())));

  @ParameterizedTest
  @EnumSource(Minimiser.Beta.class)
  void everyBetaIsConjugateGradientsOnAQuadratic(Minimiser.Beta beta) {
    Solver solver = Minimiser.nonlinearConjugateGradient(beta, EXACT);
    Solution solution = solver.solve(minimum(), Matrix.zeros(N, 1), Stopping.relative(1e-9, 2 * N));
    assertSolved(solution);
    assertThat(solution.iterations()).isLessThanOrEqualTo(N);
    assertSolved(
        Minimiser.nonlinearConjugateGradient(beta, Minimiser.LineSearch.hagerZhang())
            .solve(minimum(), Matrix.zeros(N, 1), Stopping.relative(1e-9, 200)));
  }

  /** x+ = x - t g, written out. */
  @Test
  void aFixedStepIsPlainGradientDescent() {
    List<Matrix> points =
        path(
            Minimiser.steepestDescent(Minimiser.LineSearch.fixed(0.1)),
            minimum(),
            Stopping.relative(1e-12, 3));
    Matrix x = Matrix.zeros(N, 1);
    for (int k = 1; k <= 3; k++) {
      x = x.plus(-0.1, Q.times(x).minus(B));
      assertThat(points.get(k).minus(x).norm()).isLessThan(1e-14 * x.norm());
    }
    assertThatThrownBy(() -> Minimiser.LineSearch.fixed(0))
        .hasMessage("Invalid length: 0.0 (must be > 0)");
  }

  @Test
  void lbfgsTakesALineSearchAndAMemory() {
    Stopping stopping = Stopping.relative(1e-11, 200);
    Solver exact = Minimiser.lbfgs(100, EXACT);
    Solution all = exact.solve(minimum(), Matrix.zeros(N, 1), stopping);
    assertSolved(all);
    assertThat(all.iterations()).isLessThanOrEqualTo(N + 1); // with exact steps these are CG's
    Matrix start = Matrix.zeros(N, 1);
    Solution precise =
        Minimiser.lbfgs(100, Minimiser.LineSearch.hagerZhang()).solve(minimum(), start, stopping);
    assertSolved(precise);
    Stopping loose = Stopping.relative(1e-6, 200);
    Solution one = Minimiser.lbfgs(1).solve(minimum(), start, loose);
    Solution ten = Minimiser.lbfgs().solve(minimum(), start, loose);
    assertThat(one.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(one.iterations()).isGreaterThan(ten.iterations());
  }

  @Test
  void boundedAndOrthantwiseMethodsTakeAMemory() {
    Problem bounded =
        at(ProximalGradient.onSet(N, 1, (x, t) -> half(x), t -> Projection.ontoNonNegative()));
    Problem penalised =
        at(
            ProximalGradient.ofConvex(
                N, 1, (x, t) -> half(x), (point, t, eta) -> Prox.lasso(t).of(point, eta)));
    Matrix start = Matrix.filled(N, 1, 1);
    Stopping stopping = Stopping.relative(1e-9, 300);
    Solution box = CompositeMinimiser.boundedLbfgs(2).solve(bounded, start, stopping);
    assertThat(box.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(
            box.value()
                .minus(CompositeMinimiser.proximalNewton().solve(bounded, start, stopping).value())
                .norm())
        .isLessThan(1e-7);
    Solution lasso = CompositeMinimiser.owlqn(2).solve(penalised, start, stopping);
    assertThat(lasso.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(
            lasso
                .value()
                .minus(
                    CompositeMinimiser.proximalNewton().solve(penalised, start, stopping).value())
                .norm())
        .isLessThan(1e-7);
  }

  /**
   * x1 = beta f0; gamma = df'f1 / ((1 + ridge) df'df); x2 = x1 + beta f1 - (dx + beta df) gamma.
   */
  @Test
  void andersonIsDampedAndRidged() {
    Problem map =
        at(
            Root.of(
                Parameters.vector(N),
                Parameters.vector(1),
                (x, t) -> Var.constant(B).minus(Var.constant(Q).matmul(x)).times(0.1)));
    double beta = 0.7;
    double ridge = 0.3;
    Solver anderson = RootFinder.anderson(1, beta, ridge);
    List<Matrix> points = path(anderson, map, Stopping.relative(1e-14, 2));
    Matrix f0 = B.times(0.1);
    Matrix x1 = f0.times(beta);
    Matrix f1 = B.minus(Q.times(x1)).times(0.1);
    Matrix df = f1.minus(f0);
    double gamma = df.dot(f1) / ((1 + ridge) * df.dot(df));
    Matrix x2 = x1.plus(beta, f1).plus(-gamma, x1.plus(beta, df));
    assertThat(points.get(1).minus(x1).norm()).isLessThan(1e-14);
    assertThat(points.get(2).minus(x2).norm()).isLessThan(1e-13 * x2.norm());
    Stopping stopping = Stopping.relative(1e-10, 400);
    Matrix start = Matrix.zeros(N, 1);
    assertSolved(anderson.solve(map, start, stopping));
    assertSolved(RootFinder.anderson(5, 0.5, 0).solve(map, start, stopping));
    Solver ofSteps = RootFinder.accelerated(RootFinder.picard(), 1, new Anderson(4, 1, 1e-8));
    assertSolved(ofSteps.solve(map, start, stopping));
  }

  /** Without rows the one batch is everything: v+ = m v - r_k g, x+ = x + v+. */
  @Test
  void momentumFollowsItsSchedule() {
    for (boolean isAhead : new boolean[] {false, true}) {
      IntToDoubleFunction rate = k -> 0.1 / (1 + k);
      var rule = isAhead ? StochasticStep.nesterov(rate, 0.8) : StochasticStep.momentum(rate, 0.8);
      List<Matrix> points =
          path(Minimiser.stochasticGradient(rule, 1, 5), minimum(), Stopping.relative(1e-12, 4));
      Matrix x = Matrix.zeros(N, 1);
      Matrix v = x;
      for (int k = 0; k < 4; k++) {
        Matrix from = isAhead ? x.plus(0.8, v) : x;
        v = v.times(0.8).plus(-0.1 / (1 + k), Q.times(from).minus(B));
        x = x.plus(v);
        assertThat(points.get(k + 1).minus(x).norm()).isLessThan(1e-13 * x.norm());
      }
    }
    Solver constant = Minimiser.stochasticGradient(StochasticStep.momentum(0.15, 0.5), 1, 5);
    assertSolved(constant.solve(minimum(), Matrix.zeros(N, 1), Stopping.relative(1e-9, 500)));
  }

  @Test
  void aScheduleIsAskedForEveryStep() {
    List<Integer> asked = new ArrayList<>();
    var rule =
        StochasticStep.scheduled(
            k -> {
              asked.add(k);
              return 0.1;
            });
    List<Matrix> points =
        path(Minimiser.stochasticGradient(rule, 1, 5), minimum(), Stopping.relative(1e-12, 3));
    assertThat(asked).containsExactly(0, 1, 2);
    assertThat(points.get(1).minus(B.times(0.1)).norm()).isLessThan(1e-15);
  }

  @Test
  void badChoicesAreNamed() {
    assertThatThrownBy(() -> Minimiser.lbfgs(0)).hasMessage("Invalid memory: 0 (must be >= 1)");
    assertThatThrownBy(() -> CompositeMinimiser.owlqn(-1)).hasMessageContaining("must be >= 1");
    assertThatThrownBy(() -> new Anderson(5, 0, 0))
        .hasMessage("Invalid damping: 0.0 (must be > 0 and <= 1)");
    assertThatThrownBy(() -> new Anderson(5, 1, -1)).hasMessageContaining("must be >= 0");
    assertThatThrownBy(() -> StochasticStep.momentum(0.1, 1))
        .hasMessage("Invalid momentum: 1.0 (must be in [0, 1))");
    var negative = Minimiser.stochasticGradient(StochasticStep.scheduled(k -> -1), 1, 5);
    assertThatThrownBy(
            () -> negative.solve(minimum(), Matrix.zeros(N, 1), Stopping.relative(1e-9, 5)))
        .hasMessage("Invalid rate of step 0: -1.0 (must be > 0)");
  }
}
