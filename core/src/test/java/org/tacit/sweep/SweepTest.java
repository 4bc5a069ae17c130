package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Journal;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Every model of a sweep is the fit of a table that holds its rows alone. */
class SweepTest {
  private static final Folds BY_COLUMN =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final Stopping TIGHT = Stopping.relative(1e-13, 500);

  /** A model on seeded rows, whose candidates are of one number each or of two. */
  record Setting(
      Loss loss,
      PenaltyKind penalty,
      Average average,
      Storage storage,
      boolean isWeighted,
      boolean hasIntercept,
      boolean hasOffset,
      boolean isStandardised) {
    SweepRows rows() {
      return new SweepRows(loss, 240, 5, storage, isWeighted, hasOffset);
    }

    /** On these rows, where standardised in their moments. */
    Model model(Passes passes, Schema schema, Matrix theta) {
      PenalisedModel stated = model(schema);
      return isStandardised
          ? stated.in(ColumnMoments.of(passes, new Rows(Model.TRAIN, schema)), theta, 0)
          : stated;
    }

    private PenalisedModel model(Schema schema) {
      var form =
          new PenalisedModel.Form(
              loss, average, hasIntercept, penalty, PenaltyScope.ALL, List.of(), isStandardised);
      return PenalisedModel.of(form, schema, 3);
    }

    /** The first of these; folds of eight and more begin together. */
    Candidates candidates(int count) {
      int parameters = penalty == PenaltyKind.ELASTIC_NET ? 2 : 1;
      double high = average == Average.SUM ? 3 : -1;
      return Candidates.list(
          Stream.of(
                  high - 4,
                  high,
                  high - 1,
                  high - 2.5,
                  high - 3,
                  high - 0.5,
                  high - 1.5,
                  high - 2,
                  high - 3.5)
              .limit(count)
              .map(t -> Matrix.filled(parameters, 1, t))
              .toList());
    }
  }

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting(
            Loss.logistic(),
            PenaltyKind.L2,
            Average.MEAN,
            Storage.DENSE,
            false,
            true,
            false,
            false),
        new Setting(
            Loss.logistic(), PenaltyKind.L2, Average.MEAN, Storage.CSR, true, true, true, false),
        new Setting(
            Loss.logistic(), PenaltyKind.L2, Average.SUM, Storage.FLOAT, true, false, true, false),
        new Setting(
            Loss.squared(), PenaltyKind.L2, Average.MEAN, Storage.DENSE, true, true, true, false),
        new Setting(
            Loss.squared(), PenaltyKind.L2, Average.SUM, Storage.CSR, false, true, false, false),
        new Setting(
            Loss.poisson(), PenaltyKind.L2, Average.MEAN, Storage.DENSE, true, true, true, false),
        new Setting(
            Loss.gamma(), PenaltyKind.L2, Average.MEAN, Storage.FLOAT, false, true, false, false),
        new Setting(
            Loss.huber(1), PenaltyKind.L2, Average.MEAN, Storage.DENSE, true, true, false, false),
        new Setting(
            Loss.multinomial(),
            PenaltyKind.L2,
            Average.MEAN,
            Storage.DENSE,
            true,
            true,
            false,
            false),
        new Setting(
            Loss.logistic(), PenaltyKind.L1, Average.MEAN, Storage.CSR, true, true, true, false),
        new Setting(
            Loss.squared(), PenaltyKind.L1, Average.MEAN, Storage.DENSE, true, true, true, false),
        new Setting(
            Loss.poisson(),
            PenaltyKind.ELASTIC_NET,
            Average.MEAN,
            Storage.DENSE,
            true,
            true,
            true,
            false),
        new Setting(
            Loss.logistic(),
            PenaltyKind.ELASTIC_NET,
            Average.SUM,
            Storage.FLOAT,
            false,
            true,
            false,
            false),
        new Setting(
            Loss.logistic(), PenaltyKind.L2, Average.MEAN, Storage.CSR, true, true, true, true),
        new Setting(
            Loss.poisson(), PenaltyKind.L2, Average.SUM, Storage.DENSE, true, true, true, true),
        new Setting(
            Loss.squared(),
            PenaltyKind.ELASTIC_NET,
            Average.MEAN,
            Storage.FLOAT,
            true,
            true,
            false,
            true));
  }

  /** What a solution is in the data's units, and its loss. */
  private record Outcome(Matrix solution, double loss) {}

  @ParameterizedTest
  @MethodSource("settings")
  void everyFoldIsTheFitOfItsRowsAlone(Setting setting) {
    assertFoldsAreFits(setting, 5);
    assertFoldsAreFits(setting, 9);
  }

  private void assertFoldsAreFits(Setting setting, int count) {
    SweepRows rows = setting.rows();
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    Candidates candidates = setting.candidates(count);
    Model model = setting.model(passes, rows.schema(), candidates.thetas().get(0));
    SweepResult result =
        Sweep.of(model, List.of(setting.loss()), BY_COLUMN, candidates).until(TIGHT).run(passes);
    for (SweepResult.Trial trial : result.trials()) {
      Matrix theta = candidates.thetas().get(trial.candidate());
      Outcome alone = alone(setting, rows, trial.fold(), theta);
      assertThat(trial.fit().reason()).isEmpty();
      assertEqual(solution(model, trial.fit().x().orElseThrow()), alone.solution);
      assertThat(trial.losses().get(0))
          .isCloseTo(alone.loss, within(1e-12 * Math.max(1, alone.loss)));
    }
    for (int l = 0; l < candidates.count(); l++) {
      assertEqual(
          solution(model, result.refit(l).x().orElseThrow()),
          alone(setting, rows, FoldedRows.ALL, candidates.thetas().get(l)).solution);
    }
  }

  private static void assertEqual(Matrix is, Matrix due) {
    assertThat(is.minus(due).maxAbs()).isLessThan(1e-10 * Math.max(1, due.maxAbs()));
  }

  private static Matrix solution(Model model, Matrix x) {
    return Passes.none()
        .evaluate(Program.of("solution", model.solution().node()), Map.of("x", x))
        .get("solution");
  }

  /** On tables that hold the rows that are kept, and those that are held out. */
  private static Outcome alone(Setting setting, SweepRows rows, int fold, Matrix theta) {
    Passes passes =
        Passes.over(Model.TRAIN, rows.inFold(fold, false))
            .with(Model.VALIDATION, rows.inFold(fold, true));
    Model model = setting.model(passes, rows.schema(), theta);
    Solution found =
        ImplicitFunction.of(model.inner(), Solver.automatic(), LinearSolver.auto(1e-12), TIGHT)
            .solve(passes, theta)
            .inner();
    assertThat(found.outcome().isConverged()).isTrue();
    Var outer = model.outer(setting.loss, Model.VALIDATION);
    double loss =
        fold == FoldedRows.ALL
            ? Double.NaN
            : passes
                .evaluate(
                    Program.of("loss", outer.node()), Map.of("x", found.value(), "theta", theta))
                .get("loss")
                .value();
    return new Outcome(solution(model, found.value()), loss);
  }

  @Test
  void aHundredModelsShareFewPasses() {
    Passes passes = Passes.over(Model.TRAIN, WIDE.all());
    SweepResult result =
        sweep(PenaltyKind.L2, Math.log(10)).until(new Stopping(0, 1e-8, 200)).run(passes);
    assertThat(result.trials()).allMatch(SweepResult.Trial::isUsable).hasSize(100);
    assertThat(passes.ledger().total()).isLessThanOrEqualTo(38);
  }

  @Test
  void aHundredSparseModelsShareFewPasses() {
    Passes passes = Passes.over(Model.TRAIN, WIDE.all());
    SweepResult result = sweep(PenaltyKind.L1, Math.log(0.1)).run(passes);
    assertThat(result.trials()).allMatch(SweepResult.Trial::isUsable).hasSize(100);
    assertThat(passes.ledger().total()).isLessThanOrEqualTo(60);
  }

  /** One for each candidate, where its folds start together, and less than five for each fit. */
  @Test
  void aHundredModelsShareFewColumns() {
    var columns = new AtomicInteger();
    var isOfFolds = new AtomicBoolean();
    Journal journal =
        new Journal() {
          @Override
          public void stageBegan(String stage, int solves) {
            isOfFolds.set(stage.equals(Sweep.FOLDS));
          }

          @Override
          public void passEnded(Pass pass, double seconds) {
            columns.addAndGet(isOfFolds.get() ? pass.instances() : 0);
          }
        };
    Passes passes = Passes.over(Model.TRAIN, WIDE.all()).telling(journal);
    sweep(PenaltyKind.L2, Math.log(10)).until(new Stopping(0, 1e-8, 200)).run(passes);
    assertThat(columns.get()).isBetween(20 + 100, 5 * 100);
  }

  private static final SweepRows WIDE =
      new SweepRows(Loss.logistic(), 3000, 30, Storage.DENSE, false, false);

  /** 20 penalties from 1e-4 by 5 folds. */
  private static Sweep sweep(PenaltyKind penalty, double high) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(), Average.MEAN, false, penalty, PenaltyScope.ALL, List.of(), false);
    return Sweep.of(
        PenalisedModel.of(form, WIDE.schema(), 2),
        List.of(Loss.logistic()),
        Folds.byHash(SweepRows.ROW, 5, 3),
        Candidates.grid(List.of(Candidates.Range.linear(Math.log(1e-4), high)), 20));
  }

  @ParameterizedTest
  @EnumSource(names = {"L1", "L2"})
  void noMoreHessiansAreHeldThanFit(PenaltyKind penalty) {
    boolean isSmooth = penalty == PenaltyKind.L2;
    int matrices = isSmooth ? 2 : 7;
    Candidates candidates =
        Candidates.grid(List.of(Candidates.Range.linear(Math.log(1e-4), Math.log(0.1))), 20);
    Sweep all = sweep(penalty, Math.log(0.1)).until(TIGHT);
    Sweep three = all.within(3L * matrices * Double.BYTES * 30 * 30);
    for (Map.Entry<Sweep, Integer> bound : Map.of(all, 20, three, 3).entrySet()) {
      Fits fits = bound.getKey().fits(Passes.over(Model.TRAIN, WIDE.all()));
      List<Fits.Start> cold = bound.getKey().cold(fits).subList(0, 20);
      fits.holdStep(cold.get(19));
      Path.Way way = isSmooth ? Path.Way.FACTORS : Path.Way.MODELS;
      Path path = new Path(candidates, fits, fits.references(cold), way);
      assertThat(path.solve()).allMatch(SweepResult.Fit::isConverged).hasSize(20);
      assertThat(path.held()).isEqualTo(bound.getValue());
      assertThat(path.groups()).allMatch(group -> group.size() <= bound.getValue());
      assertThat(path.curvatures(path.groups().get(0))).allMatch(Optional::isPresent);
    }
    SweepResult is = three.run(Passes.over(Model.TRAIN, WIDE.all()));
    SweepResult due = all.run(Passes.over(Model.TRAIN, WIDE.all()));
    for (int i = 0; i < due.trials().size(); i++) {
      SweepResult.Fit fit = is.trials().get(i).fit();
      assertEqual(fit.x().orElseThrow(), due.trials().get(i).fit().x().orElseThrow());
      assertThat(fit.solution().orElseThrow().nearby().matrix()).isEmpty();
    }
  }

  @Test
  void leastSquaresTakeThreePasses() {
    SweepRows rows = new SweepRows(Loss.squared(), 2000, 20, Storage.DENSE, true, false);
    var form =
        new PenalisedModel.Form(
            Loss.squared(),
            Average.MEAN,
            true,
            PenaltyKind.L2,
            PenaltyScope.FEATURE,
            List.of(),
            false);
    PenalisedModel model = PenalisedModel.of(form, rows.schema(), 2);
    Candidates candidates =
        Candidates.random(Collections.nCopies(20, Candidates.Range.linear(-8, 1)), 100, 5);
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    SweepResult result =
        Sweep.of(model, List.of(Loss.squared()), Folds.byHash(SweepRows.ROW, 5, 3), candidates)
            .run(passes);
    assertThat(result.trials()).allMatch(SweepResult.Trial::isUsable).hasSize(500);
    assertThat(passes.ledger().total()).isLessThanOrEqualTo(3);
  }

  @Test
  void leastSquaresWhoseMatricesAreTooManyToHoldAreNotSolvedFromThem() {
    SweepRows rows = new SweepRows(Loss.squared(), 400, 20, Storage.DENSE, false, false);
    Sweep sweep =
        Sweep.of(
            rows.ridge(false, 2),
            List.of(Loss.squared()),
            BY_COLUMN,
            Candidates.grid(List.of(Candidates.Range.linear(-6, 0)), 4));
    long matrices = 4L * Double.BYTES * 20 * 20;
    List<SweepResult> results = new ArrayList<>();
    List<Boolean> hasPath = new ArrayList<>();
    for (long bytes : new long[] {matrices, matrices - 1}) {
      AtomicBoolean isPath = new AtomicBoolean();
      Journal journal =
          new Journal() {
            @Override
            public void stageBegan(String stage, int solves) {
              isPath.compareAndSet(false, stage.equals(Sweep.PATH));
            }
          };
      Passes passes = Passes.over(Model.TRAIN, rows.all()).telling(journal);
      results.add(sweep.within(bytes).run(passes));
      hasPath.add(isPath.get());
    }
    assertThat(hasPath).containsExactly(false, true);
    for (int i = 0; i < results.get(0).trials().size(); i++) {
      Matrix due = results.get(0).trials().get(i).fit().x().orElseThrow();
      assertEqual(results.get(1).trials().get(i).fit().x().orElseThrow(), due);
    }
  }

  /** Counts near e^6 without an intercept: the Hessian is e^6 times that at zero. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSolverOfTheUsersOwnIsAsExactWhereStepsDiffer(boolean isNewton) {
    int n = 150;
    Random random = new Random(2);
    double[] x = new double[n * 4];
    double[] y = new double[n];
    int[] fold = new int[n];
    for (int i = 0; i < n; i++) {
      double score = 6;
      x[i * 4] = 1;
      for (int j = 1; j < 4; j++) {
        x[i * 4 + j] = random.nextGaussian();
        score += 0.5 * x[i * 4 + j];
      }
      y[i] = Math.rint(Math.exp(score) * (1 + 0.1 * random.nextGaussian()));
      fold[i] = random.nextInt(3);
    }
    Schema schema =
        Schema.of(
            new Schema.Field(Rows.FEATURES, 4, Storage.DENSE),
            new Schema.Field(Rows.LABEL, 1, Storage.DENSE),
            new Schema.Field(SweepRows.FOLD, 1, Storage.KEY));
    Block block = new Block(n, Column.dense(n, 4, x), Column.dense(n, 1, y), Column.keys(fold));
    Passes passes = Passes.over(Model.TRAIN, InProcessTable.of(schema, block));
    Matrix theta = Matrix.scalar(-1);
    PenalisedModel model =
        PenalisedModel.of(
                new PenalisedModel.Form(
                    Loss.poisson(),
                    Average.MEAN,
                    false,
                    PenaltyKind.L1,
                    PenaltyScope.ALL,
                    List.of(),
                    false),
                schema,
                2)
            .in(ColumnMoments.of(passes, new Rows(Model.TRAIN, schema)), theta, 0);
    Sweep sweep =
        Sweep.of(
            model,
            List.of(Loss.poisson()),
            BY_COLUMN,
            Candidates.list(List.of(theta, Matrix.scalar(-3))));
    SweepResult due = sweep.until(TIGHT).run(passes);
    Solver own = isNewton ? CompositeMinimiser.proximalNewton() : CompositeMinimiser.fista();
    SweepResult is = sweep.with(own).until(Stopping.relative(1e-10, 2000)).run(passes);
    for (int i = 0; i < due.trials().size(); i++) {
      Matrix exact = due.trials().get(i).fit().x().orElseThrow();
      Matrix found = is.trials().get(i).fit().x().orElseThrow();
      assertThat(found.minus(exact).maxAbs() / exact.maxAbs()).isLessThan(2e-10);
    }
  }
}
