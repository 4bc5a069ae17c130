package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.bilevel.Multistart.Run;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;

/** Tunings that share their passes are those that they are alone. */
class MultistartTest {
  private static final Matrix C = Matrix.column(4, 2, -3);
  private static final Matrix D = Matrix.column(1, 1.5, -2);
  private static final List<Matrix> STARTS =
      Stream.of(-1.0, 3.0, -4.0, 0.5).map(t -> Matrix.filled(3, 1, t)).toList();
  private static final Matrix NOT_A_NUMBER = Matrix.filled(3, 1, 9);

  static Stream<Function<OuterStopping, OuterOptimiser>> optimisers() {
    return PriorTest.optimisers();
  }

  private static <T> T onRidge(Function<OuterFunction, T> use) {
    return Shrinkage.ridge(3, C, D).on(Shrinkage.WIDE, LinearSolver::auto, use);
  }

  private static long jobs(OuterFunction function) {
    return function.passesMade();
  }

  private static void requireSame(BilevelResult found, BilevelResult alone) {
    assertThat(found.theta()).isEqualTo(alone.theta());
    assertThat(found.inner().value()).isEqualTo(alone.inner().value());
    assertThat(found.hypergradient().outerValue()).isEqualTo(alone.hypergradient().outerValue());
    assertThat(found.hypergradient().gradient()).isEqualTo(alone.hypergradient().gradient());
    assertThat(found.outcome()).isEqualTo(alone.outcome());
    assertThat(found.history()).isEqualTo(alone.history());
  }

  @ParameterizedTest
  @MethodSource("optimisers")
  void aStartIsWhatItIsAloneToTheLastBit(Function<OuterStopping, OuterOptimiser> make) {
    OuterOptimiser optimiser = make.apply(Shrinkage.UNTIL);
    List<BilevelResult> alone = new ArrayList<>();
    List<Long> passes = new ArrayList<>();
    for (Matrix start : STARTS) {
      alone.add(
          onRidge(
              function -> {
                BilevelResult result = optimiser.minimise(function, start);
                passes.add(jobs(function));
                return result;
              }));
    }
    onRidge(
        function -> {
          var found = new Multistart(optimiser, 0).minimise(function, STARTS);
          for (int k = 0; k < STARTS.size(); k++) {
            requireSame(found.runs().get(k).result().orElseThrow(), alone.get(k));
            assertThat(found.result().hypergradient().outerValue())
                .isLessThanOrEqualTo(alone.get(k).hypergradient().outerValue());
          }
          long slowest = passes.stream().mapToLong(Long::longValue).max().orElseThrow();
          long sum = passes.stream().mapToLong(Long::longValue).sum();
          // a job reads one of the two tables, and starts that wait for the other make another
          assertThat(jobs(function)).isBetween(slowest, sum * 3 / 5);
          return 0;
        });
  }

  /** In halves of 5 starts, one of which fails: 4 are ranked, 2 go on after 2 steps, 1 after 4. */
  @Test
  void theBetterHalfGoesOnAndAFailingStartChangesNone() {
    OuterOptimiser optimiser = OuterOptimiser.projectedLbfgs(Shrinkage.UNTIL);
    List<Matrix> starts = new ArrayList<>(STARTS);
    starts.add(1, Matrix.filled(3, 1, 11)); // beyond the bounds
    onRidge(
        function -> {
          List<List<Run>> told = new ArrayList<>();
          var found = new Multistart(optimiser, 2).minimise(function, starts, told::add);
          Run failed = found.runs().get(1);
          assertThat(failed.failure().orElseThrow()).hasMessageContaining("in the bounds");
          assertThat(failed.value()).isEmpty();
          assertThat(told.get(0).stream().filter(Run::isDropped)).hasSize(2);
          assertThat(told.get(1).stream().filter(Run::isDropped)).hasSize(3);
          for (Run run : told.get(1)) {
            assertThat(run.steps()).isLessThanOrEqualTo(4);
          }
          double worst =
              told.get(0).stream()
                  .filter(run -> run.failure().isEmpty() && !run.isDropped())
                  .mapToDouble(run -> run.value().orElseThrow())
                  .max()
                  .orElseThrow();
          assertThat(told.get(0).stream().filter(Run::isDropped))
              .allSatisfy(run -> assertThat(run.value().orElseThrow()).isGreaterThan(worst))
              .allSatisfy(run -> assertThat(run.steps()).isEqualTo(2))
              .allSatisfy(run -> assertThat(run.result()).isEmpty());
          Run best = found.runs().get(found.best());
          requireSame(found.result(), onRidge(f -> optimiser.minimise(f, best.start())));
          return 0;
        });
  }

  /** x = theta and a loss that is not a number above 1/2. */
  @Test
  void aStartThatIsNotANumberIsToldAndChangesNone() {
    Shrinkage cliff =
        Shrinkage.identity(
            3, (x, theta) -> x.negate().plus(0.5).log().minus(Math.log(0.01)).square().sum());
    OuterOptimiser optimiser = OuterOptimiser.trustRegionNewton(Shrinkage.UNTIL);
    List<Matrix> starts = List.of(NOT_A_NUMBER, Matrix.filled(3, 1, -3));
    for (int halveAfter : new int[] {0, 1}) {
      var found =
          cliff.on(
              Shrinkage.WIDE,
              LinearSolver::auto,
              function -> new Multistart(optimiser, halveAfter).minimise(function, starts));
      assertThat(found.best()).isEqualTo(1);
      assertThat(found.runs().get(0).failure()).get().isInstanceOf(UnusableStartException.class);
      requireSame(
          found.result(),
          cliff.on(
              Shrinkage.WIDE,
              LinearSolver::auto,
              function -> optimiser.minimise(function, starts.get(1))));
    }
    assertThatThrownBy(
            () ->
                cliff.on(
                    Shrinkage.WIDE,
                    LinearSolver::auto,
                    function ->
                        new Multistart(optimiser, 1)
                            .minimise(function, List.of(NOT_A_NUMBER, NOT_A_NUMBER))))
        .isInstanceOf(UnusableStartException.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void whatCannotBeStartedIsRefused() {
    OuterOptimiser optimiser = OuterOptimiser.automatic(Shrinkage.UNTIL);
    assertThatThrownBy(() -> new Multistart(optimiser, -1))
        .hasMessage("Invalid steps before halving: -1 (must be >= 0, 0 for none)");
    assertThatThrownBy(() -> onRidge(f -> new Multistart(optimiser, 0).minimise(f, List.of())))
        .hasMessage("Invalid starts: none (must be one at least)");
  }
}
