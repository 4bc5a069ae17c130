package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;

/** Steps on batches of a ridge regression of 240 rows in 24 blocks, with and without noise. */
class StochasticGradientTest {
  private static final int WIDTH = 5;
  private static final int ROWS = 240;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", WIDTH, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static Table table(double noise) {
    Random random = new Random(31);
    Matrix features = RandomMatrix.normal(ROWS, WIDTH, random);
    Matrix w = RandomMatrix.normal(WIDTH, 1, random);
    Matrix label = features.times(w).plus(noise, RandomMatrix.normal(ROWS, 1, random));
    Matrix all = Matrix.beside(List.of(features, label));
    return InProcessTable.of(SCHEMA, all, 3, 10);
  }

  private static Problem problem(Passes passes, double penalty) {
    Rows rows = new Rows("train", SCHEMA);
    return ReadyCondition.of(
            Stationarity.ofStronglyConvex(
                Parameters.vector(WIDTH),
                Parameters.vector(1),
                (w, t) ->
                    rows.features()
                        .matmul(w)
                        .minus(rows.label())
                        .square()
                        .meanRows()
                        .times(0.5)
                        .plus(w.square().sum().times(t).times(0.5))))
        .at(passes, Matrix.scalar(penalty));
  }

  /** Rule, noise of the labels, and the relative residual it must reach in 60 epochs. */
  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(StochasticStep.svrg(0.2), 0.5, 1e-8),
        Arguments.of(StochasticStep.decaying(0.3, 0.5), 0.5, 2e-2),
        Arguments.of(StochasticStep.adam(0.02), 0.5, 5e-2),
        Arguments.of(StochasticStep.polyak(0, 10), 0.0, 1e-8),
        Arguments.of(StochasticStep.armijo(10), 0.0, 1e-8));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void reachesItsPrecisionOnBatches(StochasticStep rule, double noise, double tolerance) {
    Passes passes = Passes.over("train", table(noise));
    Problem problem = problem(passes, noise == 0 ? 0 : 0.1);
    Matrix start = Matrix.zeros(WIDTH, 1);
    Stopping stopping = Stopping.relative(tolerance, 60);
    Solution solution = Minimiser.stochasticGradient(rule, 8, 5).solve(problem, start, stopping);
    Matrix x = solution.orThrow();
    assertThat(problem.evaluate(x).residual().norm()).isEqualTo(solution.residualNorm());
    Matrix known = Newton.of().solve(problem, start, Stopping.relative(1e-12, 20)).orThrow();
    assertThat(x.minus(known).norm()).isLessThan(10 * tolerance * known.norm());
    Solution again = Minimiser.stochasticGradient(rule, 8, 5).solve(problem, start, stopping);
    assertThat(again.value()).isEqualTo(x);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void itsPassesAreCountedAndBounded(StochasticStep rule, double noise, double tolerance) {
    for (int most : new int[] {1, 4, 30}) {
      Passes passes = Passes.over("train", table(noise));
      Solution solution =
          Minimiser.stochasticGradient(rule, 8, 5)
              .solve(
                  problem(passes, 0.1),
                  Matrix.zeros(WIDTH, 1),
                  Stopping.relative(1e-13, 60).withMaxPasses(most));
      assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
      assertThat(passes.ledger().total()).isEqualTo(solution.passes()).isEqualTo(most);
      assertThat(solution.history()).hasSize(solution.iterations());
      assertThat(tolerance).isPositive();
    }
  }

  @Test
  void batchesAreTheRowsOnce() {
    Table table = table(1);
    Passes passes = Passes.over("train", table);
    Matrix at = RandomMatrix.normal(WIDTH, 1, new Random(1));
    for (int count : new int[] {1, 3, 7, 100}) {
      List<Table> batches = table.batches(count, 9);
      assertThat(batches).hasSizeLessThanOrEqualTo(count);
      assertThat(batches.stream().mapToLong(Table::rowCount).sum()).isEqualTo(ROWS);
      assertThat(table.batches(count, 9).stream().map(Table::rowCount))
          .isEqualTo(batches.stream().map(Table::rowCount).toList());
      Matrix whole = problem(passes, 0.1).evaluate(at).residual();
      Matrix mean = Matrix.zeros(WIDTH, 1);
      for (Table batch : batches) {
        Matrix part = problem(Passes.over("train", batch), 0.1).evaluate(at).residual();
        mean = mean.plus((double) batch.rowCount() / ROWS, part);
      }
      assertThat(mean.minus(whole).norm()).isLessThan(1e-13 * whole.norm());
    }
  }

  @Test
  void aStepThatDivergesEndsWithTheBestPoint() {
    Problem problem = problem(Passes.over("train", table(1)), 0.1);
    Matrix start = Matrix.zeros(WIDTH, 1);
    Solution solution =
        Minimiser.stochasticGradient(StochasticStep.decaying(50, 0), 8, 5)
            .solve(problem, start, Stopping.relative(1e-6, 1000));
    assertThat(solution.outcome()).isIn(Outcome.NOT_FINITE, Outcome.UNBOUNDED, Outcome.STALLED);
    assertThat(solution.value()).isEqualTo(start);
  }

  @Test
  void refusesWhatIsNoRule() {
    assertThatThrownBy(() -> StochasticStep.svrg(0)).hasMessage("Invalid rate: 0.0 (must be > 0)");
    assertThatThrownBy(() -> StochasticStep.decaying(1, -1))
        .hasMessage("Invalid decay: -1.0 (must be >= 0)");
    assertThatThrownBy(() -> StochasticStep.adam(1, 1, 0.9, 1e-8))
        .hasMessageStartingWith("Invalid betas: 1.0, 0.9");
    assertThatThrownBy(() -> Minimiser.stochasticGradient(StochasticStep.svrg(1), 0, 1))
        .hasMessage("Invalid batches: 0 (must be >= 1)");
  }
}
