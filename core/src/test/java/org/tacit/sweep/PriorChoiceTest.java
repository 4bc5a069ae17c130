package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.Multistart;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.bilevel.Prior;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/** Strengths are scored as tunings on tables that hold the parts alone score them. */
class PriorChoiceTest {
  private static final int P = 4;
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final List<Double> STRENGTHS = List.of(0.0, 1e-3, 1.0);
  private static final Prior PRIOR = new Prior(0, List.of(P));
  private static final OuterOptimiser OPTIMISER =
      OuterOptimiser.trustRegionNewton(new OuterStopping(1e-7, 60, 1e-11));
  private static final Matrix START = Matrix.filled(P, 1, -3);
  private static final Bounds BOUNDS = Bounds.of(-9, 4);

  private final SweepRows train = rows(90);
  private final SweepRows validation = rows(140);

  private static SweepRows rows(int n) {
    return new SweepRows(Loss.logistic(), n, P, Storage.DENSE, true, false);
  }

  private PenalisedModel model() {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.MEAN,
            true,
            PenaltyKind.L2,
            PenaltyScope.FEATURE,
            List.of(),
            false);
    return PenalisedModel.of(form, train.schema(), 2);
  }

  private static List<Prior> priors() {
    return STRENGTHS.stream().map(PRIOR::withStrength).toList();
  }

  private static OuterFunction function(BilevelProblem problem, Passes passes) {
    return OuterFunction.of(problem, passes).within(BOUNDS);
  }

  private PriorChoice.Found byRows(Passes passes) {
    PenalisedModel model = model();
    return PriorChoice.of(
            ImplicitFunction.of(model.inner()),
            model.outer(Loss.logistic(), Model.VALIDATION),
            new Rows(Model.VALIDATION, model.schema()),
            FOLDS,
            passes)
        .among(priors(), OPTIMISER, START, PriorChoiceTest::function);
  }

  @Test
  void partsOfValidationRowsAreThoseOfTablesOfTheirOwn() {
    PriorChoice.Found found =
        byRows(Passes.over(Map.of(Model.TRAIN, train.all(), Model.VALIDATION, validation.all())));
    PenalisedModel model = model();
    Map<String, Table> tables = new LinkedHashMap<>(Map.of(Model.TRAIN, train.all()));
    List<Var> losses = new ArrayList<>();
    for (int h = 0; h < 3; h++) {
      tables.put("part " + h, validation.inFold(h, true));
      losses.add(model.outer(Loss.logistic(), "part " + h));
    }
    for (int r = 0; r < STRENGTHS.size(); r++) {
      double sum = 0;
      for (int h = 0; h < 3; h++) {
        Var rest = losses.get((h + 1) % 3).plus(losses.get((h + 2) % 3)).divide(2);
        ImplicitFunction inner = ImplicitFunction.of(model.inner());
        BilevelProblem problem = BilevelProblem.of(inner, rest).with(priors().get(r));
        Passes passes = Passes.over(tables);
        BilevelResult tuned = OPTIMISER.minimise(function(problem, passes), START);
        double due =
            BilevelProblem.of(inner, losses.get(h))
                .outerValue(passes, tuned.theta(), tuned.inner().value())
                .value();
        sum += due;
        assertThat(found.tried().get(r).losses().get(h).orElseThrow()).isCloseTo(due, within(1e-8));
      }
      assertThat(found.tried().get(r).score().orElseThrow()).isCloseTo(sum / 3, within(1e-8));
    }
    List<Double> scores = found.tried().stream().map(tried -> tried.score().orElseThrow()).toList();
    assertThat(scores).doesNotHaveDuplicates();
    assertThat(scores.get(found.best().orElseThrow()))
        .isEqualTo(scores.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
  }

  @Test
  void partsOfACrossValidatedLossAreItsFolds() {
    PenalisedModel model = model();
    Passes passes = Passes.over(Model.TRAIN, train.all());
    CrossValidation folds = CrossValidation.of(model, Loss.logistic(), FOLDS, passes);
    ImplicitFunction inner = folds.problem().inner();
    PriorChoice.Found found =
        PriorChoice.of(inner, folds, passes)
            .among(priors(), OPTIMISER, START, PriorChoiceTest::function);
    List<Var> losses = folds.losses();
    Var rest = losses.get(0).plus(losses.get(2)).divide(2);
    BilevelResult tuned =
        OPTIMISER.minimise(
            function(BilevelProblem.of(inner, rest).with(priors().get(1)), passes), START);
    double due = 0;
    try (Table fold = train.inFold(1, true)) {
      Matrix x = folds.ofFold(1, tuned.inner().value());
      Var loss = model.outer(Loss.logistic(), "fold");
      due =
          BilevelProblem.of(ImplicitFunction.of(model.inner()), loss)
              .outerValue(Passes.over("fold", fold), tuned.theta(), x)
              .value();
    }
    assertThat(found.tried().get(1).losses().get(1).orElseThrow()).isCloseTo(due, within(1e-9));
  }

  /** Of one table, whose jobs are as many as the start with most passes has alone. */
  @Test
  void startsOverFoldsTakeTheJobsOfTheSlowest() {
    PenalisedModel model = model();
    List<Matrix> starts = Stream.of(-6.0, -3.0, 0.0, 2.0).map(t -> Matrix.filled(P, 1, t)).toList();
    List<BilevelResult> alone = new ArrayList<>();
    long slowest = 0;
    for (Matrix start : starts) {
      Passes passes = Passes.over(Model.TRAIN, train.all());
      BilevelProblem problem = CrossValidation.of(model, Loss.logistic(), FOLDS, passes).problem();
      long before = passes.ledger().total();
      alone.add(OPTIMISER.minimise(function(problem, passes), start));
      slowest = Math.max(slowest, passes.ledger().total() - before);
    }
    Passes passes = Passes.over(Model.TRAIN, train.all());
    BilevelProblem problem = CrossValidation.of(model, Loss.logistic(), FOLDS, passes).problem();
    long before = passes.ledger().total();
    var found = new Multistart(OPTIMISER, 0).minimise(function(problem, passes), starts);
    assertThat(passes.ledger().total() - before).isEqualTo(slowest);
    for (int k = 0; k < starts.size(); k++) {
      BilevelResult shared = found.runs().get(k).result().orElseThrow();
      assertThat(shared.theta().minus(alone.get(k).theta()).maxAbs()).isLessThan(1e-9);
      assertThat(shared.history().size()).isEqualTo(alone.get(k).history().size());
    }
  }

  @Test
  void aStrengthThatFailsIsNotRanked() {
    PenalisedModel model = model();
    Passes passes =
        Passes.over(Map.of(Model.TRAIN, train.all(), Model.VALIDATION, validation.all()));
    PriorChoice choice =
        PriorChoice.of(
            ImplicitFunction.of(model.inner()),
            model.outer(Loss.logistic(), Model.VALIDATION),
            new Rows(Model.VALIDATION, model.schema()),
            FOLDS,
            passes);
    PriorChoice.Found failed =
        choice.among(
            priors().subList(0, 1), OPTIMISER, Matrix.filled(P, 1, 5), PriorChoiceTest::function);
    assertThat(failed.best()).isEmpty();
    assertThat(failed.oneStandardError()).isEmpty();
    assertThat(failed.tried().get(0).reason()).get().asString().startsWith("part 0: Invalid start");
    assertThat(failed.tried().get(0).score()).isEmpty();
  }

  @Test
  void oneStandardErrorTakesTheStrongestThatIsAsGood() {
    List<PriorChoice.Tried> tried =
        List.of(
            tried(0, 1.0, 2.0, 3.0),
            tried(1e-3, 1.1, 2.1, 3.1),
            tried(1e-2, 1.5, 2.5, 3.5),
            tried(1e-1, 1.6, 2.7, 3.6));
    var found = new PriorChoice.Found(tried, OptionalInt.of(0));
    assertThat(tried.get(0).standardError().orElseThrow())
        .isCloseTo(1 / Math.sqrt(3), within(1e-15));
    assertThat(found.oneStandardError()).hasValue(2);
  }

  private static PriorChoice.Tried tried(double strength, double... losses) {
    return new PriorChoice.Tried(
        PRIOR.withStrength(strength),
        IntStream.range(0, losses.length).mapToObj(h -> OptionalDouble.of(losses[h])).toList(),
        Optional.empty());
  }

  @Test
  void onePartIsTooFew() {
    PenalisedModel model = model();
    Passes passes =
        Passes.over(Map.of(Model.TRAIN, train.all(), Model.VALIDATION, validation.all()));
    assertThatThrownBy(
            () ->
                PriorChoice.of(
                    ImplicitFunction.of(model.inner()),
                    model.outer(Loss.logistic(), Model.VALIDATION),
                    new Rows(Model.VALIDATION, model.schema()),
                    Folds.holdOut(SweepRows.ROW, 0.3, 1),
                    passes))
        .hasMessageContaining("Invalid parts of the outer loss: 1 (must be two or more");
  }
}
