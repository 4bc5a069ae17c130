package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;
import org.tacit.primitive.Var;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * A ridge whose penalties are tuned towards d from exp(-4), and stopped by V = 1/2 |x - v|^2, v
 * being what the penalties half-way have: x_j = c_j / (1 + exp(theta_j)) tells V of every step.
 */
class EarlyStoppingTest {
  private static final Matrix C = Matrix.column(4, 2, -3);
  private static final Matrix D = Matrix.column(1, 1.5, -2);
  private static final Matrix START = Matrix.filled(3, 1, -4);
  private static final int ALL = 1000;

  private static final Matrix V =
      Matrix.column(
          3, j -> C.at(j) / (1 + Math.exp((START.at(j) + Math.log(C.at(j) / D.at(j) - 1)) / 2)));

  private final Shrinkage ridge = Shrinkage.ridge(3, C, D);

  static Stream<Function<OuterStopping, OuterOptimiser>> optimisers() {
    return Stream.concat(PriorTest.optimisers(), Stream.of(OuterOptimiser::automatic));
  }

  private static double loss(Matrix theta) {
    Matrix x = Matrix.column(3, j -> C.at(j) / (1 + Math.exp(theta.at(j))));
    return 0.5 * Math.pow(x.minus(V).norm(), 2);
  }

  private Var judge() {
    return ridge.condition().x().minus(Var.constant(V)).square().sum().times(0.5);
  }

  private OuterOptimiser stopped(OuterOptimiser optimiser, int patience) {
    return EarlyStopping.of(optimiser, judge(), patience);
  }

  private <T> T onRidge(Function<OuterFunction, T> use) {
    return ridge.on(Shrinkage.WIDE, LinearSolver::auto, use);
  }

  private BilevelResult tuned(OuterOptimiser optimiser) {
    return onRidge(function -> optimiser.minimise(function, START));
  }

  private static int best(List<Matrix> path, ToDoubleFunction<Matrix> loss) {
    int best = 0;
    for (int k = 1; k < path.size(); k++) {
      best = loss.applyAsDouble(path.get(k)) < loss.applyAsDouble(path.get(best)) ? k : best;
    }
    return best;
  }

  private static List<Matrix> path(BilevelResult result) {
    return result.history().stream().map(OuterState.Iteration::theta).toList();
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void theStepOfTheLeastLossIsReturnedAndPatienceEndsTheDescent(
      Function<OuterStopping, OuterOptimiser> make) {
    OuterOptimiser alone = make.apply(Shrinkage.UNTIL);
    List<Matrix> path = path(tuned(alone));
    int best = best(path, EarlyStoppingTest::loss);
    assertThat(best).isBetween(1, path.size() - 3);
    for (int patience : new int[] {1, 2, ALL}) {
      BilevelResult found = tuned(stopped(alone, patience));
      int last = Math.min(best + patience, path.size() - 1);
      assertThat(path(found)).isEqualTo(path.subList(0, last + 1));
      assertThat(found.theta()).isEqualTo(path.get(best));
      assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.STOPPED_EARLY);
      assertThat(found.reason()).contains("step " + best + " of " + last);
      EarlyStopping.Losses judged = found.judged().orElseThrow();
      assertThat(judged.bestStep()).isEqualTo(best);
      assertThat(judged.losses()).hasSize(last + 1);
      for (int k = 0; k <= last; k++) {
        double due = loss(path.get(k));
        assertThat(judged.losses().get(k)).isCloseTo(due, within(1e-3 * due));
      }
      Matrix x = Matrix.column(3, j -> C.at(j) / (1 + Math.exp(found.theta().at(j))));
      assertThat(found.inner().value().minus(x).norm()).isLessThan(1e-9);
      assertThat(found.hypergradient().outerValue())
          .isCloseTo(0.5 * Math.pow(x.minus(D).norm(), 2), within(1e-9));
    }
  }

  /** Its own loss is least at its end, so that it is what it is alone, a pass a step apart. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void whereTheLastStepIsTheBestNothingChanges(Function<OuterStopping, OuterOptimiser> make) {
    OuterOptimiser alone = make.apply(Shrinkage.UNTIL);
    List<Long> passes = new ArrayList<>();
    List<BilevelResult> found = new ArrayList<>();
    for (OuterOptimiser each : List.of(alone, EarlyStopping.of(alone, ridge.loss(), 1))) {
      onRidge(
          function -> {
            found.add(each.minimise(function, START));
            passes.add(function.passesMade());
            return 0;
          });
    }
    assertThat(found.get(1).outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.get(1).theta()).isEqualTo(found.get(0).theta());
    assertThat(found.get(1).inner().value()).isEqualTo(found.get(0).inner().value());
    assertThat(found.get(1).certificate()).isEqualTo(found.get(0).certificate());
    assertThat(passes.get(1) - passes.get(0)).isEqualTo(found.get(0).history().size());
  }

  @Test
  void aBudgetThatEndsFirstIsToldOf() {
    OuterOptimiser alone = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    int best = best(path(tuned(alone)), EarlyStoppingTest::loss);
    OuterStopping few = new OuterStopping(1e-6, best + 1, 1e-11);
    BilevelResult found = tuned(stopped(OuterOptimiser.projectedLbfgs(few), ALL));
    assertThat(found.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(found.reason()).contains("all " + (best + 1) + " steps");
    assertThat(found.theta()).isEqualTo(path(tuned(alone)).get(best));
  }

  /** Solves exactly what is above a first unknown; calls the finest solves below unfinished. */
  private record FailingBelow(Solver solver, double least) implements Solver {
    @Override
    public String name() {
      return solver.name();
    }

    @Override
    public Solution solve(Problem problem, Matrix start, Stopping stopping) {
      Solution s = solver.solve(problem, start, stopping);
      boolean isLost = stopping.absoluteTolerance() <= 1e-10 && s.value().at(0) < least;
      return isLost
          ? new Solution(
              s.value(),
              Outcome.STALLED,
              s.method(),
              s.iterations(),
              s.residualNorm(),
              s.relativeResidual(),
              s.smallestEigenvalue())
          : s;
    }
  }

  /** How solves ended at a theta that is not returned is no matter of the one that is. */
  @Test
  void theSolvesOfTheLastStepAreNotToldOfAnEarlierOne() {
    OuterOptimiser alone = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    List<Matrix> path = path(tuned(alone));
    int best = best(path, EarlyStoppingTest::loss);
    double between = (path.get(best).at(0) + path.get(best + 1).at(0)) / 2;
    Solver solver = new FailingBelow(Solver.automatic(), C.at(0) / (1 + Math.exp(between)));
    OuterStopping few = new OuterStopping(1e-6, best + 1, 1e-11);
    Function<OuterOptimiser, BilevelResult> found =
        optimiser ->
            ridge
                .solvedBy(solver, 500)
                .on(
                    Shrinkage.WIDE,
                    LinearSolver::auto,
                    function -> optimiser.minimise(function, START));
    BilevelResult last = found.apply(OuterOptimiser.projectedLbfgs(few));
    assertThat(last.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(last.reason()).contains("the inner solve ended with stalled");
    BilevelResult stopped = found.apply(stopped(OuterOptimiser.projectedLbfgs(few), ALL));
    assertThat(stopped.theta()).isEqualTo(path.get(best));
    assertThat(stopped.inner().outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(stopped.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(stopped.reason())
        .contains("all " + (best + 1) + " steps were taken")
        .doesNotContain("inner solve");
  }

  /** A state is all there is, as without it. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void whoeverResumesFromAnyStateFindsTheSame(Function<OuterStopping, OuterOptimiser> make) {
    OuterOptimiser method = stopped(make.apply(Shrinkage.UNTIL), 2);
    List<OuterState> states =
        onRidge(
            function -> {
              List<OuterState> all = new ArrayList<>(List.of(method.init(function, START)));
              while (!method.isDone(all.get(all.size() - 1))) {
                all.add(method.next(function, all.get(all.size() - 1)));
              }
              return all;
            });
    BilevelResult whole = states.get(states.size() - 1).result().orElseThrow();
    for (OuterState from : states) {
      BilevelResult resumed =
          onRidge(
              function -> {
                OuterState state = from;
                while (!method.isDone(state)) {
                  state = method.next(function, state);
                }
                assertThat(method.next(function, state)).isSameAs(state);
                return state.result().orElseThrow();
              });
      assertThat(resumed.theta()).isEqualTo(whole.theta());
      assertThat(resumed.inner().value()).isEqualTo(whole.inner().value());
      assertThat(resumed.judged().map(EarlyStopping.Losses::losses))
          .isEqualTo(whole.judged().map(EarlyStopping.Losses::losses));
      assertThat(resumed.history()).isEqualTo(whole.history());
    }
  }

  /** V = log(0.2 - theta), which is no number where theta has gone beyond. */
  @Test
  void aLossThatIsNotANumberIsNeverTheBest() {
    Shrinkage problem =
        Shrinkage.identity(1, (x, theta) -> x.minus(1).square().sum().plus(x.minus(1).exp().sum()));
    Var cliff = problem.condition().x().negate().plus(0.2).log().sum();
    BilevelResult found =
        problem.on(
            Shrinkage.WIDE,
            LinearSolver::auto,
            function ->
                EarlyStopping.of(OuterOptimiser.adaptiveGradient(Shrinkage.UNTIL), cliff, 2)
                    .minimise(function, Matrix.scalar(-4)));
    EarlyStopping.Losses judged = found.judged().orElseThrow();
    assertThat(judged.losses()).contains(Double.POSITIVE_INFINITY);
    assertThat(judged.least()).isFinite();
    assertThat(found.theta()).isEqualTo(found.history().get(judged.bestStep()).theta());
    assertThat(found.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
  }

  /** V = log(-1 - x^2): the descent is what it is without, and says so. */
  @Test
  void aLossThatIsNeverANumberStopsNothing() {
    OuterOptimiser alone = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    Var never = ridge.condition().x().square().sum().plus(1).negate().log();
    BilevelResult found = tuned(EarlyStopping.of(alone, never, 1));
    BilevelResult due = tuned(alone);
    assertThat(found.outcome()).isEqualTo(due.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta()).isEqualTo(due.theta());
    assertThat(found.reason()).contains("no step has a finite loss");
  }

  /** Patience ends at the step at which the budget does. */
  @Test
  void patienceComesBeforeABudgetThatEndsWithIt() {
    OuterOptimiser alone = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    int best = best(path(tuned(alone)), EarlyStoppingTest::loss);
    OuterStopping few = new OuterStopping(1e-6, best + 1, 1e-11);
    BilevelResult found = tuned(stopped(OuterOptimiser.projectedLbfgs(few), 1));
    assertThat(found.outcome()).isEqualTo(Outcome.STOPPED_EARLY);
  }

  @Test
  void startsAreRankedByWhatStopsThem() {
    OuterOptimiser method = stopped(OuterOptimiser.adaptiveGradient(Shrinkage.UNTIL), 3);
    List<Matrix> starts = Stream.of(3.0, -4.0, 0.5).map(t -> Matrix.filled(3, 1, t)).toList();
    List<BilevelResult> alone =
        starts.stream().map(s -> onRidge(function -> method.minimise(function, s))).toList();
    double least =
        alone.stream().mapToDouble(r -> r.judged().orElseThrow().least()).min().orElseThrow();
    var found = onRidge(function -> new Multistart(method, 0).minimise(function, starts));
    assertThat(found.result().judged().orElseThrow().least()).isEqualTo(least);
    assertThat(found.result().theta()).isEqualTo(alone.get(found.best()).theta());
    assertThat(found.runs().get(found.best()).stoppingLoss()).hasValue(least);
    double lowest =
        alone.stream().mapToDouble(r -> r.hypergradient().outerValue()).min().orElseThrow();
    assertThat(found.result().hypergradient().outerValue()).isGreaterThan(lowest);
  }

  @Test
  void whatCannotBeStoppedIsRefused() {
    OuterOptimiser alone = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    assertThatThrownBy(() -> EarlyStopping.of(alone, judge(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid patience: 0 (must be >= 1)");
    OuterState other = onRidge(function -> alone.init(function, START));
    assertThatThrownBy(() -> onRidge(function -> stopped(alone, 1).next(function, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that is not stopped early (must have a loss of each of its steps");
    OuterState ahead =
        onRidge(function -> alone.next(function, stopped(alone, 9).init(function, START)));
    assertThat(ahead.judged()).isPresent();
    assertThatThrownBy(() -> onRidge(function -> stopped(alone, 9).next(function, ahead)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that is not stopped early");
    assertThatThrownBy(() -> stopped(stopped(alone, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stopped early already");
  }
}
