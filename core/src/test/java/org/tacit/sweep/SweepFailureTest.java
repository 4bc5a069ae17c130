package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.Outcome;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.model.Tuned;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Journal;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** A candidate that fails is reported, and changes no other by a bit. */
class SweepFailureTest {
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final Rows ROWS =
      new Rows(
          Model.TRAIN,
          new SweepRows(Loss.logistic(), 150, 3, Storage.DENSE, false, false).schema());

  private final SweepRows rows =
      new SweepRows(Loss.logistic(), 150, 3, Storage.DENSE, false, false);

  /** Logistic regression whose penalty is sqrt(theta): not a number below zero, none at zero. */
  private static Condition condition() {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(3),
        Parameters.vector(1),
        (x, theta) -> losses(x).meanRows().plus(theta.sqrt().times(x.square().sum()).times(0.5)));
  }

  private static Var losses(Var x) {
    return ROWS.features().matmul(x).times(ROWS.label()).negate().softplus();
  }

  private static Sweep sweep(double... thetas) {
    List<Matrix> all = new ArrayList<>();
    for (double theta : thetas) {
      all.add(Matrix.scalar(theta));
    }
    Condition condition = condition();
    return Sweep.of(
        condition,
        ROWS,
        Map.of("loss", losses(condition.x()).meanRows()),
        FOLDS,
        Candidates.list(all));
  }

  private SweepResult run(Sweep sweep) {
    return sweep.run(Passes.over(Model.TRAIN, rows.all()));
  }

  @Test
  void aCandidateThatIsNoNumberIsReportedAndChangesNoOther() {
    SweepResult with = run(sweep(0.04, -1, 0.01, 0.0025));
    assertThat(with.mean(0, 1)).isEmpty();
    assertThat(with.reason(1)).hasValueSatisfying(why -> assertThat(why).startsWith("north: "));
    assertThat(with.refit(1).isConverged()).isFalse();
    assertThat(with.trials(1)).allMatch(trial -> !trial.isUsable());
    SweepResult without = run(sweep(0.04, 0.01, 0.0025));
    int[] place = {0, 2, 3};
    for (int l = 0; l < 3; l++) {
      assertThat(with.reason(place[l])).isEmpty();
      assertThat(with.refit(place[l]).x()).isEqualTo(without.refit(l).x());
      for (int k = 0; k < 3; k++) {
        assertThat(with.trial(place[l], k).fit().x()).isEqualTo(without.trial(l, k).fit().x());
        assertThat(with.trial(place[l], k).losses()).isEqualTo(without.trial(l, k).losses());
      }
    }
    assertThat(with.best(0)).hasValue(place[without.best(0).orElseThrow()]);
  }

  @Test
  void aLossThatIsNoNumberIsReportedAndChangesNoOther() {
    SweepResult with = run(withLogarithm(0.002));
    SweepResult without = run(withLogarithm(0));
    assertThat(with.reason(1)).isPresent();
    assertThat(with.trials(1))
        .allMatch(trial -> trial.fit().isConverged() && !trial.isUsable())
        .hasSize(3);
    for (int l : new int[] {0, 2, 3}) {
      for (int k = 0; k < 3; k++) {
        assertThat(with.trial(l, k).isUsable()).isTrue();
        assertThat(with.trial(l, k).fit().x()).isEqualTo(without.trial(l, k).fit().x());
      }
    }
  }

  /** Whose outer loss has log(theta - least) for a factor. */
  private static Sweep withLogarithm(double least) {
    Condition condition = condition();
    Var factor = condition.theta().minus(Var.constant(least)).log();
    return Sweep.of(
        condition,
        ROWS,
        Map.of("loss", losses(condition.x()).times(factor).meanRows()),
        FOLDS,
        Candidates.list(Stream.of(0.04, 0.001, 0.01, 0.0025).map(Matrix::scalar).toList()));
  }

  /** Where the solutions of all thetas are of sums that one pass takes. */
  @Test
  void aLeastSquaresCandidateThatIsNoNumberIsReportedAndChangesNoOther() {
    SweepResult with = run(leastSquares(0.04, -1, 0.01));
    SweepResult without = run(leastSquares(0.04, 0.01));
    assertThat(with.reason(1)).isPresent();
    assertThat(with.trials(1)).allMatch(trial -> !trial.isUsable());
    assertSame(with, without, new int[] {0, 2});
  }

  private static Sweep leastSquares(double... thetas) {
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(3),
            Parameters.vector(1),
            (x, theta) ->
                squares(x).meanRows().plus(theta.sqrt().times(x.square().sum()).times(0.5)));
    return Sweep.of(
        condition,
        ROWS,
        Map.of("loss", squares(condition.x()).meanRows()),
        FOLDS,
        Candidates.list(Arrays.stream(thetas).mapToObj(Matrix::scalar).toList()));
  }

  private static Var squares(Var x) {
    return ROWS.features().matmul(x).minus(ROWS.label()).square();
  }

  private static void assertSame(SweepResult with, SweepResult without, int[] place) {
    for (int l = 0; l < place.length; l++) {
      assertThat(with.reason(place[l])).isEmpty();
      for (int k = 0; k < 3; k++) {
        assertThat(with.trial(place[l], k).fit().x()).isEqualTo(without.trial(l, k).fit().x());
        assertThat(with.trial(place[l], k).losses()).isEqualTo(without.trial(l, k).losses());
      }
    }
  }

  @Test
  void anElasticNetThatIsNoNumberIsReportedAndChangesNoOther() {
    SweepResult with = run(elasticNet(1, 800, -1, -3));
    assertThat(with.reason(1)).isPresent();
    assertThat(with.trials(1)).allMatch(trial -> !trial.isUsable());
    assertSame(with, run(elasticNet(1, -1, -3)), new int[] {0, 2, 3});
  }

  /** Steps short enough for a penalty of exp(25) would lose the others in rounding. */
  @Test
  void aVeryStrongElasticNetLeavesTheOthersAsExact() {
    SweepResult with = run(elasticNet(25, -1.5, -3, -5));
    SweepResult without = run(elasticNet(-1.5, -3, -5));
    for (int l = 0; l < 3; l++) {
      for (int k = 0; k < 3; k++) {
        SweepResult.Trial is = with.trial(l + 1, k);
        SweepResult.Trial due = without.trial(l, k);
        Matrix x = due.fit().x().orElseThrow();
        assertThat(is.fit().x().orElseThrow().minus(x).maxAbs()).isLessThan(1e-9);
        assertThat(is.losses().get(0)).isCloseTo(due.losses().get(0), within(1e-12));
      }
    }
  }

  @Test
  void aVeryStrongL2BesideAVeryWeakL1LeavesTheOthersAsExact() {
    List<Matrix> weak = List.of(Matrix.column(-4, -4), Matrix.column(-5, -5));
    List<Matrix> all = new ArrayList<>(weak);
    all.add(Matrix.column(-35, 20));
    SweepResult with = run(elasticNet(all).until(Stopping.relative(1e-13, 500)));
    SweepResult due = run(elasticNet(weak).until(Stopping.relative(1e-13, 500)));
    for (int l = 0; l < 2; l++) {
      for (int k = 0; k < 3; k++) {
        SweepResult.Fit fit = with.trial(l, k).fit();
        assertThat(fit.isConverged()).isTrue();
        Matrix x = due.trial(l, k).fit().x().orElseThrow();
        assertThat(fit.x().orElseThrow().minus(x).maxAbs()).isLessThan(1e-9);
        assertThat(with.trial(l, k).losses().get(0))
            .isCloseTo(due.trial(l, k).losses().get(0), within(1e-12));
      }
    }
    assertThat(with.trials(2)).allMatch(trial -> trial.fit().isConverged());
  }

  private Sweep elasticNet(double... thetas) {
    return elasticNet(Arrays.stream(thetas).mapToObj(t -> Matrix.filled(2, 1, t)).toList());
  }

  private Sweep elasticNet(List<Matrix> thetas) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.MEAN,
            true,
            PenaltyKind.ELASTIC_NET,
            PenaltyScope.ALL,
            List.of(),
            false);
    return Sweep.of(
        PenalisedModel.of(form, rows.schema(), 2),
        List.of(Loss.logistic()),
        FOLDS,
        Candidates.list(thetas));
  }

  @Test
  void everySolverGivesTheSameFits() {
    SweepResult chosen = run(sweep(0.04, 0.01, 0.0025).until(Stopping.relative(1e-12, 500)));
    SweepResult own =
        run(sweep(0.04, 0.01, 0.0025).with(Minimiser.lbfgs()).until(Stopping.relative(1e-12, 500)));
    for (SweepResult.Trial trial : chosen.trials()) {
      SweepResult.Trial other = own.trial(trial.candidate(), trial.fold());
      assertThat(other.fit().solution().orElseThrow().method()).isEqualTo("l-bfgs");
      Matrix x = trial.fit().x().orElseThrow();
      assertThat(other.fit().x().orElseThrow().minus(x).maxAbs()).isLessThan(1e-10);
      assertThat(other.losses().get(0)).isCloseTo(trial.losses().get(0), within(1e-12));
    }
  }

  @Test
  void narrowPassesGiveTheSameNumbersInMoreOfThem() {
    Passes wide = Passes.over(Model.TRAIN, rows.all());
    Passes narrow = Passes.over(Model.TRAIN, rows.all());
    SweepResult one = sweep(0.04, 0.01, 0.0025).run(wide);
    SweepResult other = sweep(0.04, 0.01, 0.0025).within(200).run(narrow);
    assertThat(narrow.ledger().total()).isGreaterThan(2 * wide.ledger().total());
    for (SweepResult.Trial trial : one.trials()) {
      SweepResult.Trial same = other.trial(trial.candidate(), trial.fold());
      Matrix x = trial.fit().x().orElseThrow();
      assertThat(same.fit().x().orElseThrow().minus(x).maxAbs()).isLessThan(1e-12);
    }
  }

  /** All folds of a candidate are one request at the desk. */
  @Test
  void manyFoldsOfACandidateKeepToTheMemory() {
    Condition condition = condition();
    Sweep sweep =
        Sweep.of(
            condition,
            ROWS,
            Map.of("loss", losses(condition.x()).meanRows()),
            Folds.byHash(SweepRows.ROW, 40, 3),
            Candidates.list(List.of(Matrix.scalar(0.01))));
    List<Journal.Pass> told = new ArrayList<>();
    Journal journal =
        new Journal() {
          @Override
          public void passEnded(Pass pass, double seconds) {
            if (!pass.phase().equals("folds")) { // their counts, a number each
              told.add(pass);
            }
          }
        };
    SweepResult due = sweep.run(Passes.over(Model.TRAIN, rows.all()).telling(journal));
    int widest = told.stream().mapToInt(Journal.Pass::instances).max().orElseThrow();
    long most = told.stream().mapToLong(Journal.Pass::bytes).max().orElseThrow();
    assertThat(widest).isGreaterThanOrEqualTo(40);
    int before = told.size();
    told.clear();
    SweepResult is =
        sweep.within(most / 4).run(Passes.over(Model.TRAIN, rows.all()).telling(journal));
    assertThat(told).allMatch(pass -> pass.bytes() <= most / 4 && pass.instances() <= widest / 4);
    assertThat(told.size()).isBetween(3 * before / 2, 10 * before);
    for (SweepResult.Trial trial : due.trials()) {
      SweepResult.Trial same = is.trial(trial.candidate(), trial.fold());
      Matrix x = trial.fit().x().orElseThrow();
      assertThat(same.fit().x().orElseThrow().minus(x).maxAbs()).isLessThan(1e-12);
      assertThat(same.losses().get(0)).isCloseTo(trial.losses().get(0), within(1e-12));
      assertThat(same.fit().solution().orElseThrow().passes())
          .isEqualTo(trial.fit().solution().orElseThrow().passes());
    }
  }

  /** F of all folds at one point is one request, whose sums cannot be dealt out. */
  @Test
  void foldsBeginTogetherWhereTheirSumsKeepToTheMemory() {
    assertThat(instancesAtTheStart(SharedDesk.BYTES)).isEqualTo(8);
    assertThat(instancesAtTheStart(1200)).isBetween(10, 50);
  }

  /** Of the first pass of 8 x 150 folds of three unknowns. */
  private static int instancesAtTheStart(long mostBytes) {
    SweepRows many = new SweepRows(Loss.logistic(), 3000, 3, Storage.DENSE, false, false);
    List<Integer> instances = new ArrayList<>();
    Journal journal =
        new Journal() {
          private boolean isOfFolds;

          @Override
          public void stageBegan(String stage, int solves) {
            isOfFolds = stage.equals(Sweep.FOLDS);
          }

          @Override
          public void passEnded(Pass pass, double seconds) {
            if (isOfFolds) {
              instances.add(pass.instances());
            }
          }
        };
    Sweep.of(
            many.ridge(false, 2),
            List.of(Loss.logistic()),
            Folds.byHash(SweepRows.ROW, 150, 3),
            Candidates.grid(List.of(Candidates.Range.linear(-6, 0)), 8))
        .within(mostBytes)
        .run(Passes.over(Model.TRAIN, many.all()).telling(journal));
    return instances.get(0);
  }

  /** Chord steps count as what they are, iterations of a fit. */
  @Test
  void foldsTakeNoMoreIterationsThanAreAllowed() {
    SweepResult due = run(sweep(0.01).until(Stopping.relative(1e-12, 500)));
    int taken =
        due.trials().stream()
            .mapToInt(trial -> trial.fit().solution().orElseThrow().iterations())
            .max()
            .orElseThrow();
    assertThat(due.trials()).allMatch(SweepResult.Trial::isUsable);
    assertThat(taken).isGreaterThan(2);
    SweepResult is = run(sweep(0.01).until(Stopping.relative(1e-12, taken - 1)));
    assertThat(is.trials())
        .allMatch(trial -> trial.fit().solution().orElseThrow().iterations() < taken)
        .anyMatch(trial -> trial.fit().outcome() == Outcome.BUDGET_EXHAUSTED);
  }

  @Test
  void aFoldThatKeepsOneClassHasNoFitWithoutPenalty() {
    SweepRows apart = new SweepRows(Loss.logistic(), 150, 3, Storage.DENSE, false, false);
    for (int i = 0; i < 150; i++) {
      apart.fold[i] = apart.y[i] > 0 ? 0 : 1 + i % 2;
    }
    SweepResult result =
        Sweep.of(
                apart.ridge(true, 2),
                List.of(Loss.logistic()),
                FOLDS,
                Candidates.list(Stream.of(-1.0, -3.0).map(Matrix::scalar).toList()))
            .run(Passes.over(Model.TRAIN, apart.all()));
    for (int l = 0; l < 2; l++) {
      assertThat(result.trial(l, 0).fit().outcome()).isEqualTo(Outcome.UNBOUNDED);
      assertThat(result.trial(l, 1).isUsable()).isTrue();
      assertThat(result.refit(l).isConverged()).isTrue();
      assertThat(result.reason(l).orElseThrow()).startsWith("north: unbounded");
      assertThat(result.best(0)).isEmpty();
    }
  }

  /** Where the last step that was foreseen is not the last, and where rounding is in the way. */
  @Test
  void whatSaysConvergedIsWithinItsTolerance() {
    SweepRows apart = new SweepRows(Loss.logistic(), 60, 3, Storage.DENSE, false, false);
    int positives = 0;
    for (int i = 0; i < 60; i++) {
      if (apart.y[i] > 0 && positives++ % 14 != 0) {
        apart.y[i] = -1;
      }
      apart.fold[i] = apart.y[i] > 0 ? 0 : 1 + i % 2;
    }
    for (double tolerance : new double[] {1e-3, 1e-4, 1e-6, 1e-8, 1e-10}) {
      assertWithin(Loss.logistic(), apart, tolerance, 1, -1, -3);
    }
    SweepRows counts = new SweepRows(Loss.poisson(), 240, 3, Storage.DENSE, false, false);
    for (double tolerance : new double[] {1e-14, 1e-16, 5e-17}) {
      assertWithin(Loss.poisson(), counts, tolerance, -1, -2, -3, -4, -5, -6);
    }
  }

  private static void assertWithin(Loss loss, SweepRows of, double tolerance, double... thetas) {
    var form =
        new PenalisedModel.Form(
            loss, Average.MEAN, true, PenaltyKind.L2, PenaltyScope.ALL, List.of(), false);
    SweepResult result =
        Sweep.of(
                PenalisedModel.of(form, of.schema(), 2),
                List.of(loss),
                FOLDS,
                Candidates.list(Arrays.stream(thetas).mapToObj(Matrix::scalar).toList()))
            .until(new Stopping(0, tolerance, 200))
            .run(Passes.over(Model.TRAIN, of.all()));
    assertThat(result.trials())
        .filteredOn(trial -> trial.fit().isConverged())
        .allMatch(trial -> trial.fit().solution().orElseThrow().residualNorm() <= tolerance);
  }

  @Test
  void theOneStandardErrorRuleTakesTheStrongestPenaltyWithin() {
    SweepResult result = run(sweep(0.0001, 0.0025, 0.01, 0.04, 0.3, 100));
    int best = result.best(0).orElseThrow();
    double most = result.mean(0, best).getAsDouble() + result.standardError(0, best).getAsDouble();
    int chosen = result.oneStandardError(0).orElseThrow();
    assertThat(result.mean(0, chosen).getAsDouble()).isLessThanOrEqualTo(most);
    for (int l = chosen + 1; l < 6; l++) {
      assertThat(result.mean(0, l).getAsDouble()).isGreaterThan(most);
    }
    double[] losses = new double[3];
    for (int k = 0; k < 3; k++) {
      losses[k] = result.trial(best, k).losses().get(0);
    }
    double mean = (losses[0] + losses[1] + losses[2]) / 3;
    double squares = 0;
    for (double loss : losses) {
      squares += (loss - mean) * (loss - mean);
    }
    assertThat(result.mean(0, best).getAsDouble()).isCloseTo(mean, within(1e-15));
    assertThat(result.standardError(0, best).getAsDouble())
        .isCloseTo(Math.sqrt(squares / 6), within(1e-15));
  }

  private static Sweep tuned(Tuned tuned, List<Matrix> thetas) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.MEAN,
            true,
            PenaltyKind.L2,
            PenaltyScope.ALL,
            List.of(),
            false);
    return Sweep.of(
        PenalisedModel.of(form.with(tuned), ROWS.schema(), 2),
        List.of(Loss.logistic()),
        FOLDS,
        Candidates.list(thetas));
  }

  private static void assertWithin(SweepResult result, int candidate) {
    int best = result.best(0).orElseThrow();
    assertThat(result.mean(0, candidate).getAsDouble())
        .isLessThanOrEqualTo(
            result.mean(0, best).getAsDouble() + result.standardError(0, best).getAsDouble());
  }

  @Test
  void featureScalesCountForTheStrengthTheyGivePenalties() {
    Sweep sweep =
        tuned(
            Tuned.featureScales(),
            List.of(
                Matrix.column(-3, 0, 0, 0),
                Matrix.column(-3, 2, 2, 2),
                Matrix.column(-3, -3, -3, -3),
                Matrix.column(-5, 0, 0, 0)));
    SweepResult result = run(sweep);
    assertThat(result.strengths()).containsExactly(-3.0, -7.0, 3.0, -5.0);
    assertWithin(result, 1);
    assertWithin(result, 0);
    assertThat(result.oneStandardError(0)).hasValue(0);
  }

  @Test
  void ofCandidatesThatDifferInNoPenaltyTheBestIsTaken() {
    Sweep sweep =
        tuned(
            Tuned.classWeights(),
            List.of(
                Matrix.column(-3, 0, 0), Matrix.column(-3, 0.3, 0.1), Matrix.column(-3, 0.1, 0.3)));
    SweepResult result = run(sweep);
    int best = result.best(0).orElseThrow();
    assertThat(best).isNotEqualTo(1);
    assertWithin(result, 1);
    assertThat(result.oneStandardError(0)).hasValue(best);
  }
}
