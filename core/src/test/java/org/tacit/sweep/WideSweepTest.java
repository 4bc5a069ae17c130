package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Sparse penalties of more unknowns than rows: models on working sets, held to all unknowns. */
class WideSweepTest {
  private static final int N = 90;
  private static final int P = 600;
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final Stopping TIGHT = Stopping.relative(1e-13, 500);

  private final SweepRows rows = new SweepRows(Loss.logistic(), N, P, Storage.CSR, false, false);

  private PenalisedModel model(PenaltyKind penalty, boolean hasIntercept) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.MEAN,
            hasIntercept,
            penalty,
            PenaltyScope.ALL,
            List.of(),
            false);
    return PenalisedModel.of(form, rows.schema(), 2);
  }

  private static Candidates penalties(int parameters, double... logs) {
    List<Matrix> all = new ArrayList<>();
    for (double log : logs) {
      all.add(Matrix.filled(parameters, 1, log));
    }
    return Candidates.list(all);
  }

  @ParameterizedTest
  @EnumSource(names = {"L1", "ELASTIC_NET"})
  void everyFoldIsTheFitOfItsRowsAlone(PenaltyKind penalty) {
    PenalisedModel model = model(penalty, true);
    Candidates candidates = penalties(model.inner().parameters(), -2.5, -4, -3, -3.5);
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    SweepResult result =
        Sweep.of(model, List.of(Loss.logistic()), FOLDS, candidates).until(TIGHT).run(passes);
    ImplicitFunction alone =
        ImplicitFunction.of(model.inner(), Solver.automatic(), LinearSolver.auto(1e-12), TIGHT);
    for (SweepResult.Trial trial : result.trials()) {
      Matrix theta = candidates.thetas().get(trial.candidate());
      Passes own = Passes.over(Model.TRAIN, rows.inFold(trial.fold(), false));
      Solution due = alone.solve(own, theta).inner();
      assertThat(due.outcome().isConverged()).isTrue();
      Matrix x = trial.fit().x().orElseThrow();
      assertThat(x.minus(due.value()).maxAbs()).isLessThan(1e-10);
      assertThat(x.map(Math::signum)).isEqualTo(due.value().map(Math::signum));
      assertThat(trial.losses().get(0)).isFinite();
    }
  }

  /** |1/n sum_i slope_i x_ij + b w_j| is a with the sign of -w_j, or at most a where w_j is 0. */
  @ParameterizedTest
  @EnumSource(names = {"L1", "ELASTIC_NET"})
  void everyUnknownIsOptimal(PenaltyKind penalty) {
    PenalisedModel model = model(penalty, false);
    Candidates candidates = penalties(model.inner().parameters(), -2, -4, -3);
    SweepResult result =
        Sweep.of(model, List.of(Loss.logistic()), FOLDS, candidates)
            .until(TIGHT)
            .run(Passes.over(Model.TRAIN, rows.all()));
    int support = 0;
    for (SweepResult.Trial trial : result.trials()) {
      Matrix w = trial.fit().x().orElseThrow();
      double a = Math.exp(candidates.thetas().get(trial.candidate()).at(0));
      double b = penalty == PenaltyKind.L1 ? 0 : a;
      double[] slopes = slopes(w, trial.fold());
      for (int j = 0; j < P; j++) {
        double pull = slopes[j] + b * w.at(j);
        if (w.at(j) == 0) {
          assertThat(Math.abs(pull)).isLessThanOrEqualTo(a + 1e-11);
        } else {
          support++;
          assertThat(pull).isCloseTo(-a * Math.signum(w.at(j)), within(1e-11));
        }
      }
    }
    assertThat(support).isBetween(100, 9 * P / 2);
  }

  /** Of the mean logistic loss of the rows that a fold keeps, from the numbers themselves. */
  private double[] slopes(Matrix w, int fold) {
    double[] slopes = new double[P];
    int kept = 0;
    for (int i = 0; i < N; i++) {
      if (rows.fold[i] == fold) {
        continue;
      }
      kept++;
      double score = 0;
      for (int j = 0; j < P; j++) {
        score += rows.x[i * P + j] * w.at(j);
      }
      double pull = -rows.y[i] / (1 + Math.exp(rows.y[i] * score));
      for (int j = 0; j < P; j++) {
        slopes[j] += pull * rows.x[i * P + j];
      }
    }
    for (int j = 0; j < P; j++) {
      slopes[j] /= kept;
    }
    return slopes;
  }

  @Test
  void sixtyWideModelsShareFewPasses() {
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    SweepResult result =
        Sweep.of(
                model(PenaltyKind.L1, false),
                List.of(Loss.logistic()),
                FOLDS,
                Candidates.grid(List.of(Candidates.Range.linear(-5, -2)), 20))
            .until(Stopping.relative(1e-6, 500))
            .run(passes);
    assertThat(result.trials()).allMatch(SweepResult.Trial::isUsable).hasSize(60);
    assertThat(passes.ledger().total()).isLessThanOrEqualTo(MOST_PASSES);
  }

  private static final int MOST_PASSES = 96;

  /** On the rows that a fold holds out, against central differences of problems solved again. */
  @Test
  void aHypergradientOnTheSupportIsThatOfSolvedNeighbours() {
    PenalisedModel model = model(PenaltyKind.ELASTIC_NET, true);
    Passes passes =
        Passes.over(Model.TRAIN, rows.inFold(0, false))
            .with(Model.VALIDATION, rows.inFold(0, true));
    BilevelProblem problem =
        BilevelProblem.of(
            ImplicitFunction.of(model.inner(), Solver.automatic(), LinearSolver.auto(1e-12), TIGHT),
            model.outer(Loss.logistic(), Model.VALIDATION));
    Matrix theta = Matrix.column(-3.2, -3.7);
    long before = passes.ledger().total();
    Matrix gradient = at(problem, passes, theta).gradient();
    assertThat(passes.ledger().total() - before).isLessThanOrEqualTo(32);
    double step = 1e-5;
    for (int j = 0; j < 2; j++) {
      int moved = j;
      double slope = 0;
      for (int sign : new int[] {1, -1}) {
        Matrix there = Matrix.column(2, i -> theta.at(i) + (i == moved ? sign * step : 0));
        slope += sign * at(problem, passes, there).outerValue() / (2 * step);
      }
      assertThat(gradient.at(j)).isCloseTo(slope, within(1e-6 * Math.abs(slope)));
    }
  }

  private static Hypergradient at(BilevelProblem problem, Passes passes, Matrix theta) {
    try (ImplicitSolution solution = problem.inner().solve(passes, theta)) {
      return problem.hypergradient(solution);
    }
  }

  /** A lasso whose penalty is sqrt(theta): no number below zero. */
  private Sweep sweep(double... thetas) {
    List<Matrix> all = new ArrayList<>();
    for (double theta : thetas) {
      all.add(Matrix.scalar(theta));
    }
    Rows named = new Rows(Model.TRAIN, rows.schema());
    Condition lasso =
        ProximalGradient.ofConvex(
            P,
            1,
            (x, t) -> losses(named, x).meanRows(),
            (v, t, eta) -> Prox.lasso(t.sqrt()).of(v, eta));
    return Sweep.of(
        lasso,
        named,
        Map.of("loss", losses(named, lasso.x()).meanRows()),
        FOLDS,
        Candidates.list(all));
  }

  private static Var losses(Rows rows, Var x) {
    return rows.features().matmul(x).times(rows.label()).negate().softplus();
  }

  @Test
  void aCandidateThatIsNoNumberChangesNoOther() {
    SweepResult with = sweep(4e-3, -1, 1e-3, 5e-4).run(Passes.over(Model.TRAIN, rows.all()));
    assertThat(with.reason(1)).isPresent();
    assertThat(with.trials(1)).noneMatch(SweepResult.Trial::isUsable);
    SweepResult without = sweep(4e-3, 1e-3, 5e-4).run(Passes.over(Model.TRAIN, rows.all()));
    int[] place = {0, 2, 3};
    for (int l = 0; l < 3; l++) {
      assertThat(with.refit(place[l]).x()).isEqualTo(without.refit(l).x());
      for (int k = 0; k < FOLDS.count(); k++) {
        assertThat(without.trial(l, k).isUsable()).isTrue();
        assertThat(with.trial(place[l], k).fit().x()).isEqualTo(without.trial(l, k).fit().x());
        assertThat(with.trial(place[l], k).losses()).isEqualTo(without.trial(l, k).losses());
      }
    }
  }
}
