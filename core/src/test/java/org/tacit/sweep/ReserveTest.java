package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Losses on reserved rows and on the others are sums over these by hand. */
class ReserveTest {
  private static final int P = 3;
  private static final Reserve RESERVE = new Reserve(0.3, -1);
  private static final Matrix THETA = Matrix.column(-2, -3, -1);

  private final SweepRows rows = new SweepRows(Loss.logistic(), 150, P, Storage.DENSE, true, false);
  private final Rows train = new Rows(Model.TRAIN, rows.schema());
  private final Passes passes = Passes.over(Model.TRAIN, rows.all());
  private final Model model =
      PenalisedModel.of(
          new PenalisedModel.Form(
              Loss.logistic(),
              Average.MEAN,
              false,
              PenaltyKind.L2,
              PenaltyScope.FEATURE,
              List.of(),
              false),
          rows.schema(),
          2);

  private double value(Var of, Matrix x) {
    Map<String, Matrix> at = Map.of("x", x, "theta", THETA);
    return passes.evaluate(Program.of("value", of.node()), at).get("value").value();
  }

  /** The weighted mean loss of the rows that a mask leaves, at x. */
  private double mean(Var mask, Matrix x) {
    Var weight = train.weight().times(mask);
    Var losses = model.predicted(train).losses(Loss.logistic());
    return value(weight.times(losses).sumRows(), x) / value(weight.sumRows(), x);
  }

  private Var reserved() {
    return train.column(SweepRows.ROW).hash(RESERVE.seed()).lessThan(Var.constant(0.3));
  }

  private static Var not(Var mask) {
    return Var.constant(1).minus(mask);
  }

  @Test
  void lossIsThatOfBothKindsOfRows() {
    Matrix x = Matrix.column(0.5, -1, 0.3);
    Reserve.Losses losses =
        RESERVE.of(
            model.inner(), model.outer(Loss.logistic(), Model.TRAIN), train, SweepRows.ROW, passes);
    double due = mean(reserved(), x);
    double others = mean(not(reserved()), x);
    assertThat(Math.abs(due - others)).isGreaterThan(1e-3);
    assertThat(value(losses.reserved(), x)).isCloseTo(due, within(1e-13));
    assertThat(value(losses.tuned(), x)).isCloseTo(others, within(1e-13));
  }

  /** The models keep all rows of other folds, reserved or not. */
  @Test
  void foldsFitAllAndJudgeByBothKindsApart() {
    Folds byHash = Folds.byHash(SweepRows.ROW, 3, 5);
    CrossValidation whole = CrossValidation.of(model, Loss.logistic(), byHash, passes);
    CrossValidation apart = CrossValidation.of(model, Loss.logistic(), byHash, RESERVE, passes);
    Stopping tight = Stopping.relative(1e-12, 500);
    Matrix x;
    try (var solution =
        apart
            .problem(Solver.automatic(), LinearSolver.auto(1e-12), tight)
            .inner()
            .solve(passes, THETA)) {
      x = solution.x();
    }
    try (var solution =
        whole
            .problem(Solver.automatic(), LinearSolver.auto(1e-12), tight)
            .inner()
            .solve(passes, THETA)) {
      assertThat(solution.x().minus(x).maxAbs()).isLessThan(1e-10);
    }
    double tuned = 0;
    double held = 0;
    for (int k = 0; k < 3; k++) {
      Var out = byHash.heldOut(train, Var.constant(k));
      Matrix own = apart.ofFold(k, x);
      tuned += mean(out.times(not(reserved())), own) / 3;
      held += mean(out.times(reserved()), own) / 3;
    }
    assertThat(Math.abs(tuned - held)).isGreaterThan(1e-3);
    assertThat(value(apart.objective(), x)).isCloseTo(tuned, within(1e-12));
    assertThat(value(apart.reserved().orElseThrow(), x)).isCloseTo(held, within(1e-12));
    assertThat(whole.reserved()).isEmpty();
  }

  @Test
  void whatIsNoShareIsRefused() {
    for (double share : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> new Reserve(share, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid share: " + share + " (must be in (0, 1))");
    }
    Folds none = Folds.byHash(SweepRows.ROW, 3, 5).within(new Reserve(1e-9, 0));
    assertThatThrownBy(
            () ->
                Sweep.of(model, List.of(Loss.logistic()), none, Candidates.list(List.of(THETA)))
                    .run(passes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid fold: the reserve of fold 0 holds out no row (must hold out a part of the rows)");
  }
}
