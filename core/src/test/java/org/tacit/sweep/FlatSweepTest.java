package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
import org.tacit.pass.Passes;
import org.tacit.solver.Stopping;

/** Fits where F is within its tolerance far from the solution, since there is little curvature. */
class FlatSweepTest {
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));

  private final SweepRows rows = new SweepRows(Loss.logistic(), 60, 3, Storage.DENSE, true, false);

  @BeforeEach
  void separate() {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 3; j++) {
        rows.x[3 * i + j] = random.nextGaussian();
      }
      rows.y[i] = rows.x[3 * i] + 0.5 * rows.x[3 * i + 1] > 0 ? 1 : -1;
      rows.fold[i] = i % 3;
      rows.weight[i] = 1;
    }
  }

  private SweepResult swept(PenaltyKind penalty, Stopping until, double... thetas) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(), Average.MEAN, true, penalty, PenaltyScope.ALL, List.of(), false);
    return Sweep.of(
            PenalisedModel.of(form, rows.schema(), 2),
            List.of(Loss.logistic()),
            FOLDS,
            Candidates.list(Arrays.stream(thetas).mapToObj(Matrix::scalar).toList()))
        .until(until)
        .run(Passes.over(Model.TRAIN, rows.all()));
  }

  /** What is found converged is where more digits of F lead, by held-out losses too. */
  private static void assertExact(SweepResult is, SweepResult due) {
    for (SweepResult.Trial trial : is.trials()) {
      if (trial.isUsable()) {
        SweepResult.Trial exact = due.trial(trial.candidate(), trial.fold());
        Matrix x = exact.fit().x().orElseThrow();
        assertThat(trial.fit().x().orElseThrow().minus(x).norm()).isLessThan(2e-6 * x.norm());
        assertThat(trial.losses().get(0))
            .isCloseTo(exact.losses().get(0), within(1e-5 * (1 + exact.losses().get(0))));
      }
    }
  }

  @Test
  void foldsOfSeparableRowsAreNotTheModelOfAllRows() {
    for (double theta : new double[] {-10, -20, -24}) {
      SweepResult is = swept(PenaltyKind.L2, Stopping.relative(1e-10, 500), theta);
      // F is at least e^theta |x - x*|.
      SweepResult due = swept(PenaltyKind.L2, new Stopping(0, 1e-10 * Math.exp(theta), 500), theta);
      assertThat(is.trials()).anyMatch(SweepResult.Trial::isUsable);
      assertExact(is, due);
    }
  }

  /** By Newton's method in plain numbers, of which |F| = 0 to rounding is asked. */
  @Test
  void foldsOfSeparableRowsAreWhatNewtonFindsOnTheirRows() {
    double[] thetas = {0, -10, -20, -24, -28, -30};
    SweepResult together = swept(PenaltyKind.L2, Stopping.relative(1e-10, 500), thetas);
    for (int l = 0; l < thetas.length; l++) {
      SweepResult alone = swept(PenaltyKind.L2, Stopping.relative(1e-10, 500), thetas[l]);
      for (int k = 0; k < 3; k++) {
        SeparableFit due = SeparableFit.without(k, rows, thetas[l]);
        assertExact(together.trial(l, k), due);
        assertExact(alone.trial(0, k), due);
      }
    }
  }

  private static void assertExact(SweepResult.Trial is, SeparableFit due) {
    assertThat(is.reason()).isEmpty();
    Matrix x = due.x();
    assertThat(is.fit().x().orElseThrow().minus(x).norm()).isLessThan(1e-7 * x.norm());
    assertThat(is.losses().get(0)).isCloseTo(due.loss(), within(1e-5 * due.loss()));
  }

  /** Of a lasso, whose |F| at its solution is about as large as its penalty. */
  @Test
  void lassosOfSeparableRowsAreExactOrNotTrusted() {
    double[] thetas = {-10, -15, -20};
    SweepResult is = swept(PenaltyKind.L1, Stopping.relative(1e-10, 500), thetas);
    SweepResult due = swept(PenaltyKind.L1, new Stopping(0, 1e-15, 500), thetas);
    assertThat(is.trials()).allMatch(SweepResult.Trial::isUsable);
    assertExact(is, due);
    SweepResult flat = swept(PenaltyKind.L1, Stopping.relative(1e-10, 500), -30);
    assertThat(flat.trials()).noneMatch(SweepResult.Trial::isUsable);
    assertThat(flat.trial(0, 0).reason().orElseThrow())
        .startsWith("not trusted (the objective is so flat there");
  }

  /** Steps of a margin each are left where F is within its tolerance. */
  @Test
  void whatIsStillMovingWhereStepsEndIsNotTrusted() {
    int notTrusted = 0;
    for (int most = 20; most < 40; most += 4) {
      SweepResult is = swept(PenaltyKind.L2, Stopping.relative(1e-10, most), -28);
      for (SweepResult.Trial trial : is.trials()) {
        if (trial.fit().outcome() == Outcome.NOT_TRUSTED) {
          notTrusted++;
          assertThat(trial.isUsable()).isFalse();
          assertThat(trial.reason().orElseThrow())
              .startsWith("not trusted (the objective is so flat there")
              .contains("must be <= 1.0e-06; make the penalty larger");
        } else if (trial.isUsable()) {
          assertExact(trial, SeparableFit.without(trial.fold(), rows, -28));
        }
      }
    }
    assertThat(notTrusted).isPositive();
  }

  @Test
  void whatCannotBeToldFromUnboundedIsNotRanked() {
    SweepResult is = swept(PenaltyKind.L2, Stopping.relative(1e-10, 500), -10, -60);
    assertThat(is.best(0)).hasValue(0);
    assertThat(is.trials(1)).noneMatch(SweepResult.Trial::isUsable);
    assertThat(is.reason(1).orElseThrow()).startsWith("north: unbounded");
  }

  @Test
  void aRowThatOutweighsAllOthersLeavesTheirFitExact() {
    rows.weight[4] = 1e9;
    SweepResult is = swept(PenaltyKind.L2, Stopping.relative(1e-10, 500), -1, -4);
    SweepResult due = swept(PenaltyKind.L2, new Stopping(0, 1e-15, 500), -1, -4);
    assertThat(is.trials()).allMatch(SweepResult.Trial::isUsable);
    assertExact(is, due);
  }

  /** An intercept without penalty falls for ever, beside coefficients that have come far. */
  @Test
  void aClassThatAFoldKeepsNoRowOfHasNoFit() {
    SweepRows classes = new SweepRows(Loss.multinomial(), 90, 4, Storage.DENSE, false, false);
    for (int i = 0; i < 90; i++) {
      classes.fold[i] = classes.y[i] == 2 ? 0 : i % 3;
    }
    Sweep sweep =
        Sweep.of(
            classes.ridge(true, 3),
            List.of(Loss.multinomial()),
            FOLDS,
            Candidates.list(Stream.of(-6.0, -3.0, 0.0).map(Matrix::scalar).toList()));
    for (double tolerance : new double[] {1e-6, 1e-8, 1e-10, 1e-12}) {
      SweepResult result =
          sweep
              .until(Stopping.relative(tolerance, 500))
              .run(Passes.over(Model.TRAIN, classes.all()));
      for (int l = 0; l < 3; l++) {
        assertThat(result.trial(l, 0).fit().outcome()).isEqualTo(Outcome.UNBOUNDED);
        assertThat(result.trial(l, 1).isUsable()).isTrue();
        assertThat(result.trial(l, 2).isUsable()).isTrue();
      }
    }
  }
}
