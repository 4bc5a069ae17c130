package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Hypergradient;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** The cross-validated loss and its hypergradient are those of sweeps that are solved again. */
class CrossValidationTest {
  private static final int P = 4;
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final Stopping TIGHT = Stopping.relative(1e-13, 500);

  record Setting(Loss loss, PenaltyKind penalty, Average average, boolean isStandardised) {
    SweepRows rows() {
      return new SweepRows(loss, 180, P, Storage.DENSE, true, false);
    }

    Model model(SweepRows rows, Passes passes) {
      var form =
          new PenalisedModel.Form(
              loss, average, true, penalty, PenaltyScope.FEATURE, List.of(), isStandardised);
      PenalisedModel stated = PenalisedModel.of(form, rows.schema(), 3);
      var moments = ColumnMoments.of(passes, new Rows(Model.TRAIN, rows.schema()));
      return isStandardised ? stated.in(moments, theta(), 0) : stated;
    }

    Matrix theta() {
      int parameters = penalty == PenaltyKind.ELASTIC_NET ? 2 * P : P;
      double middle = average == Average.SUM ? 2 : -3;
      double[] theta = new double[parameters];
      for (int j = 0; j < parameters; j++) {
        theta[j] = middle + 0.3 * (j % 3);
      }
      return Matrix.column(theta);
    }
  }

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting(Loss.logistic(), PenaltyKind.L2, Average.MEAN, false),
        new Setting(Loss.squared(), PenaltyKind.L2, Average.SUM, false),
        new Setting(Loss.multinomial(), PenaltyKind.L2, Average.MEAN, false),
        new Setting(Loss.poisson(), PenaltyKind.L2, Average.MEAN, true),
        new Setting(Loss.logistic(), PenaltyKind.ELASTIC_NET, Average.MEAN, false));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hypergradientIsThatOfSweepsSolvedAgain(Setting setting) {
    SweepRows rows = setting.rows();
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    Model model = setting.model(rows, passes);
    CrossValidation folds = CrossValidation.of(model, setting.loss, FOLDS, passes);
    Matrix theta = setting.theta();
    var problem = folds.problem(Solver.automatic(), LinearSolver.auto(1e-12), TIGHT);
    double h = 1e-3;
    List<Matrix> thetas = new ArrayList<>(List.of(theta));
    for (int j = 0; j < theta.rows(); j++) {
      Matrix unit = Matrix.identity(theta.rows()).columnAt(j);
      for (double step : new double[] {h, -h, 2 * h, -2 * h}) {
        thetas.add(theta.plus(step, unit));
      }
    }
    SweepResult again =
        Sweep.of(model, List.of(setting.loss), FOLDS, Candidates.list(thetas))
            .until(TIGHT)
            .run(passes);
    try (ImplicitSolution solution = problem.inner().solve(passes, theta)) {
      Hypergradient found = problem.hypergradient(solution);
      assertThat(found.outcome().isConverged()).isTrue();
      assertThat(found.outerValue()).isCloseTo(mean(again, 0), within(1e-12));
      Matrix x = again.trial(0, 1).fit().x().orElseThrow();
      assertThat(folds.ofFold(1, solution.x()).minus(x).maxAbs()).isLessThan(1e-9);
      Matrix due = slopes(again, h);
      assertThat(found.gradient().minus(due).norm()).isLessThan(1e-6 * due.norm());
    }
  }

  private static double mean(SweepResult result, int candidate) {
    return result.mean(0, candidate).orElseThrow();
  }

  /** Central differences of fourth order. */
  private static Matrix slopes(SweepResult result, double h) {
    double[] slopes = new double[(result.candidates().count() - 1) / 4];
    for (int j = 0; j < slopes.length; j++) {
      double near = mean(result, 4 * j + 1) - mean(result, 4 * j + 2);
      double far = mean(result, 4 * j + 3) - mean(result, 4 * j + 4);
      slopes[j] = (8 * near - far) / (12 * h);
    }
    return Matrix.column(slopes);
  }

  @Test
  void outerOptimisersFindAMinimumThatNoCandidateBeats() {
    Setting setting = new Setting(Loss.logistic(), PenaltyKind.L2, Average.MEAN, false);
    SweepRows rows = setting.rows();
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    Model model = setting.model(rows, passes);
    CrossValidation folds = CrossValidation.of(model, setting.loss, FOLDS, passes);
    OuterFunction function = OuterFunction.of(folds.problem(), passes);
    BilevelResult tuned =
        OuterOptimiser.automatic(new OuterStopping(1e-6, 60, 1e-10))
            .minimise(function, setting.theta());
    List<Candidates.Range> ranges = Collections.nCopies(P, Candidates.Range.linear(-9, 1));
    SweepResult sweep =
        Sweep.of(model, List.of(setting.loss), FOLDS, Candidates.sobol(ranges, 64, 7)).run(passes);
    double best = mean(sweep, sweep.best(0).orElseThrow());
    assertThat(tuned.hypergradient().outerValue()).isLessThan(best);
  }
}
