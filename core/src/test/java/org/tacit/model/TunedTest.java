package org.tacit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/** What theta holds beside penalties does to a fit what doing it by hand does. */
class TunedTest {
  private static final NormalDistribution NORMAL = new NormalDistribution();
  private static final OuterLoss.Groups GROUPS = new OuterLoss.Groups(TunedRows.GROUP, 3);

  @ParameterizedTest
  @EnumSource(PenaltyKind.class)
  void penaltiesOfScaledColumnsAreAsStrongAsThoseOfEachThatDoTheSame(PenaltyKind kind) {
    TunedRows rows = new TunedRows(Labels.REAL);
    double[] omega = {0.4, -0.7, 0.2};
    List<Double> scaled = new ArrayList<>();
    List<Double> alone = new ArrayList<>();
    for (int degree : degrees(kind)) {
      for (int j = 0; j < 3; j++) {
        scaled.add(-2.0 - j);
        alone.add(-2.0 - j - degree * omega[j]);
      }
    }
    Arrays.stream(omega).forEach(scaled::add);
    PenalisedModel.Form form = TunedRows.form(Loss.squared(), kind, PenaltyScope.FEATURE);
    Model plain = PenalisedModel.of(form, rows.schema(), 2);
    Model tuned = PenalisedModel.of(form.with(Tuned.featureScales()), rows.schema(), 2);
    assertThat(tuned.strength(tuned.theta(scaled)))
        .isCloseTo(plain.strength(plain.theta(alone)), within(1e-14));
    assertThat(plain.strength(plain.theta(alone)))
        .isCloseTo(alone.stream().mapToDouble(t -> t).sum(), within(1e-14));
  }

  private static int[] degrees(PenaltyKind kind) {
    return switch (kind) {
      case L1 -> new int[] {1};
      case L2 -> new int[] {2};
      case ELASTIC_NET -> new int[] {1, 2};
    };
  }

  /** A form, what judges it, and where. */
  record Case(String name, PenalisedModel.Form form, OuterLoss outer, Matrix theta) {
    TunedRows rows() {
      return new TunedRows(form.loss().labels());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static PenalisedModel.Form form(Loss loss, PenaltyKind penalty, Tuned... tuned) {
    PenalisedModel.Form form = TunedRows.form(loss, penalty, PenaltyScope.ALL);
    for (Tuned each : tuned) {
      form = form.with(each);
    }
    return form;
  }

  private static PenalisedModel.Form tuning(Loss loss, String parameter) {
    return form(loss, PenaltyKind.L2, Tuned.parameter(loss, parameter));
  }

  private static Case smoothed(Loss loss, Loss outer, double... theta) {
    return new Case(
        "label smoothing of " + loss.name(),
        tuning(loss, Loss.LABEL_SMOOTHING),
        outer,
        Matrix.column(theta));
  }

  static Stream<Case> cases() {
    OuterLoss logistic = Loss.logistic();
    Tuned classWeights = Tuned.classWeights();
    Tuned scales = Tuned.featureScales();
    Loss quantile = Loss.quantile(0.7, 0.5);
    return Stream.of(
        new Case(
            "class weights of two",
            form(Loss.logistic(), PenaltyKind.L2, classWeights),
            logistic,
            Matrix.column(-3, 0.4, -0.7)),
        new Case(
            "class weights of three",
            form(Loss.multinomial(), PenaltyKind.L2, classWeights),
            Loss.multinomial(),
            Matrix.column(-3, 0.4, -0.7, 0.2)),
        smoothed(Loss.logistic(0.1), Loss.logistic(), -3, -1.5),
        smoothed(Loss.multinomial(0.1), Loss.multinomial(), -3, -1.5),
        new Case("scales", form(Loss.poisson(), PenaltyKind.L2, scales), Loss.poisson(), SCALES),
        new Case(
            "scales of a lasso", form(Loss.squared(), PenaltyKind.L1, scales), SQUARED, SCALES),
        new Case(
            "scales of an elastic net",
            form(Loss.squared(), PenaltyKind.ELASTIC_NET, scales),
            SQUARED,
            Matrix.column(-3, -2, 0.4, -0.6, 0.1)),
        new Case(
            "scales of groups",
            form(Loss.logistic(), PenaltyKind.L2, Tuned.groupScales(List.of(0, 1, 0))),
            logistic,
            Matrix.column(-2, 0.4, -0.6)),
        new Case("delta", tuning(Loss.huber(0.5), "delta"), SQUARED, Matrix.column(-3, -0.83)),
        new Case("power", tuning(Loss.tweedie(1.4), "power"), Loss.poisson(), AT),
        new Case("quantile", tuning(quantile, "quantile"), SQUARED, AT),
        new Case("smoothing", tuning(quantile, "smoothing"), SQUARED, AT),
        new Case("hinge", tuning(Loss.smoothedHinge(0.9), "smoothing"), logistic, AWAY),
        new Case(
            "all of a logistic loss",
            form(
                Loss.logistic(0.1),
                PenaltyKind.L2,
                new RowWeights(TunedRows.GROUP, 3),
                classWeights,
                Tuned.parameter(Loss.logistic(0.1), Loss.LABEL_SMOOTHING),
                scales),
            logistic,
            Matrix.column(-2, 0.3, -0.4, 0.9, 0.5, -0.2, -1.7, 0.2, -0.3, 0.6)),
        new Case(
            "area under the curve",
            TunedRows.form(Loss.logistic(), PenaltyKind.L2, PenaltyScope.FEATURE),
            OuterLoss.areaUnderCurve(0.5),
            Matrix.column(-2, -3, -1)),
        new Case(
            "squares of pairs",
            form(Loss.logistic(), PenaltyKind.L2, classWeights),
            OuterLoss.squaredPairs(2),
            Matrix.column(-3, 0.4, -0.7)),
        new Case(
            "worst group",
            TunedRows.form(Loss.logistic(), PenaltyKind.L2, PenaltyScope.FEATURE),
            OuterLoss.worstGroup(Loss.logistic(), GROUPS, 0.05),
            Matrix.column(-2, -3, -1)),
        new Case(
            "class weights by the worst group",
            form(Loss.multinomial(), PenaltyKind.L2, classWeights),
            OuterLoss.worstGroup(Loss.multinomial(), GROUPS, 0.1),
            Matrix.column(-3, 0.4, -0.7, 0.2)));
  }

  /** Where no row is near a kink of its hinge. */
  private static final Matrix AWAY = Matrix.column(-3, Math.log(0.7));

  private static final Matrix AT = Matrix.column(-3, -0.6);
  private static final Matrix SCALES = Matrix.column(-3, 0.4, -0.6, 0.1);
  private static final Loss SQUARED = Loss.squared();

  @ParameterizedTest
  @MethodSource("cases")
  void hypergradientsAreSlopesOfSolutionsFoundAgain(Case of) {
    TunedRows rows = of.rows();
    Matrix found = rows.fit(of.form, of.outer, of.theta).gradient();
    Matrix due = rows.slopes(of.form, of.outer, of.theta);
    for (int k = 0; k < due.rows(); k++) {
      assertThat(Math.abs(due.at(k))).isGreaterThan(1e-7);
      assertThat(found.at(k)).isCloseTo(due.at(k), within(1e-6 * due.maxAbs()));
    }
  }

  private static void assertSame(TunedRows.Found is, TunedRows.Found due) {
    assertThat(is.solution().minus(due.solution()).norm()).isLessThan(1e-9 * due.solution().norm());
    assertThat(is.outer()).isCloseTo(due.outer(), within(1e-10));
  }

  private static void assertOther(TunedRows.Found is, TunedRows.Found plain) {
    assertThat(is.solution().minus(plain.solution()).norm())
        .isGreaterThan(0.01 * plain.solution().norm());
  }

  /** Weights 1.5 and 0.5 at log ratio log 3, as three copies of a row beside one, in sums. */
  @Test
  void weightsOfClassesAreRowsThatStandThereOftener() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form plain = summed(form(Loss.logistic(), PenaltyKind.L2));
    Matrix penalty = Matrix.scalar(1);
    TunedRows.Found stated = rows.fit(plain, Loss.logistic(), penalty);
    Matrix theta = Matrix.column(1, Math.log(3), 0);
    TunedRows.Found found = rows.fit(plain.with(Tuned.classWeights()), Loss.logistic(), theta);
    for (int i = 0; i < TunedRows.TRAIN; i++) {
      rows.weight[i] *= rows.y[i] < 0 ? 3 : 1;
    }
    // 1.5 = 3 / 2: all weights and the penalty by two
    TunedRows.Found copies = rows.fit(plain, Loss.logistic(), Matrix.scalar(1 + Math.log(2)));
    assertSame(found, copies);
    assertOther(found, stated);
  }

  private static PenalisedModel.Form summed(PenalisedModel.Form form) {
    return new PenalisedModel.Form(
        form.loss(), Average.SUM, true, form.penalty(), form.scope(), List.of(), false);
  }

  @Test
  void weightsOfThreeClassesAreWeightsOfRows() {
    TunedRows rows = new TunedRows(Labels.CLASSES);
    PenalisedModel.Form plain = summed(form(Loss.multinomial(), PenaltyKind.L2));
    Matrix theta = Matrix.column(1, 0.4, -0.7, 0.2);
    TunedRows.Found found = rows.fit(plain.with(Tuned.classWeights()), Loss.multinomial(), theta);
    TunedRows.Found moved =
        rows.fit(
            plain.with(Tuned.classWeights()),
            Loss.multinomial(),
            theta.plus(1.3, Matrix.column(0, 1, 1, 1)));
    double total = Math.exp(0.4) + Math.exp(-0.7) + Math.exp(0.2);
    for (int i = 0; i < TunedRows.TRAIN; i++) {
      rows.weight[i] *= 3 * Math.exp(theta.at(1 + (int) rows.y[i])) / total;
    }
    assertSame(found, rows.fit(plain, Loss.multinomial(), Matrix.scalar(1)));
    assertSame(found, moved);
    double sum = found.gradient().at(1) + found.gradient().at(2) + found.gradient().at(3);
    assertThat(sum).isCloseTo(0, within(1e-10 * found.gradient().norm()));
  }

  /** A row with both labels, of weights 1 - s/2 and s/2. */
  @Test
  void smoothedLabelsAreRowsWithBothLabels() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    double s = 1 / (1 + Math.exp(1.5));
    Case of = smoothed(Loss.logistic(0.3), Loss.logistic(), -3, -1.5);
    TunedRows.Found found = rows.fit(of.form, of.outer, of.theta);
    Loss byHand = new WithBothLabels(s);
    PenalisedModel.Form form = form(byHand, PenaltyKind.L2);
    assertSame(found, rows.fit(form, Loss.logistic(), Matrix.scalar(-3)));
    assertSame(
        found,
        rows.fit(form(Loss.logistic(s), PenaltyKind.L2), Loss.logistic(), Matrix.scalar(-3)));
    assertOther(
        found, rows.fit(form(Loss.logistic(), PenaltyKind.L2), of.outer, Matrix.scalar(-3)));
  }

  /** (1 - s/2) l(z) + s/2 l(-z), written out. */
  private record WithBothLabels(double s) implements Loss {
    @Override
    public String name() {
      return "both labels";
    }

    @Override
    public Labels labels() {
      return Labels.BINARY;
    }

    @Override
    public Var of(Var prediction, Var label) {
      var right = Loss.logistic().of(prediction, label).times(1 - s / 2);
      return right.plus(Loss.logistic().of(prediction, label.negate()).times(s / 2));
    }
  }

  /** Columns multiplied by hand; and, in closed form, penalties theta - 2 t_j or theta - t_j. */
  @ParameterizedTest
  @MethodSource("scaled")
  void scalesOfFeaturesAreColumnsMultipliedByHand(PenaltyKind penalty) {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form plain = form(Loss.logistic(), penalty);
    double[] scales = {0.4, -0.6, 0.1};
    Matrix penalties =
        penalty == PenaltyKind.ELASTIC_NET ? Matrix.column(-3, -2) : Matrix.scalar(-3);
    Matrix theta =
        Matrix.column(
            penalties.rows() + 3,
            k -> k < penalties.rows() ? penalties.at(k) : scales[k - penalties.rows()]);
    TunedRows.Found found = rows.fit(plain.with(Tuned.featureScales()), Loss.logistic(), theta);
    Matrix eachTheta =
        Matrix.column(
            3 * penalties.rows(),
            k -> penalties.at(k / 3) - (isSquare(penalty, k / 3) ? 2 : 1) * scales[k % 3]);
    TunedRows.Found each =
        rows.fit(
            TunedRows.form(Loss.logistic(), penalty, PenaltyScope.FEATURE),
            Loss.logistic(),
            eachTheta);
    assertSame(found, each);
    for (int e = 0; e < rows.x.length; e++) {
      rows.x[e] *= Math.exp(scales[e % 3]);
    }
    TunedRows.Found multiplied = rows.fit(plain, Loss.logistic(), penalties);
    double[] back = multiplied.solution().toArray();
    for (int j = 0; j < 3; j++) {
      back[j] *= Math.exp(scales[j]);
    }
    assertThat(found.solution().minus(Matrix.column(back)).norm())
        .isLessThan(1e-9 * found.solution().norm());
    assertThat(found.outer()).isCloseTo(multiplied.outer(), within(1e-10));
  }

  static Stream<PenaltyKind> scaled() {
    return Arrays.stream(PenaltyKind.values());
  }

  private static boolean isSquare(PenaltyKind penalty, int block) {
    return penalty == PenaltyKind.L2 || block == 1;
  }

  @Test
  void parametersBeginWhereTheLossHasThem() {
    TunedRows rows = new TunedRows(Labels.REAL);
    Loss huber = Loss.huber(0.5);
    PenalisedModel.Form tuned = tuning(huber, "delta");
    PenalisedModel model = PenalisedModel.of(tuned, rows.schema(), 1);
    assertThat(model.thetaNames()).containsExactly("all coefficients", "delta");
    assertThat(tuned.tunedParameters()).containsExactly("delta");
    Matrix begin = model.theta(List.of(-2.0));
    assertThat(begin).isEqualTo(Matrix.column(-2, Math.log(0.5)));
    assertThat(model.theta(List.of(-2.0, 0.25))).isEqualTo(Matrix.column(-2, 0.25));
    assertSame(
        rows.fit(tuned, SQUARED, begin),
        rows.fit(form(huber, PenaltyKind.L2), SQUARED, Matrix.scalar(-2)));
    assertThatThrownBy(() -> model.theta(List.of(-2.0, 400.0)))
        .isInstanceOf(ModelException.class)
        .hasMessage("Invalid theta: 400.0 for delta (must be within -350 and 350)");
  }

  @Test
  void whatSaysNothingOfALossIsRefused() {
    TunedRows rows = new TunedRows(Labels.REAL);
    PenalisedModel.Form weighed = form(SQUARED, PenaltyKind.L2, Tuned.classWeights());
    assertThatThrownBy(() -> PenalisedModel.of(weighed, rows.schema(), 1))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "Invalid model.tune: class-weights with loss squared (must be left out, or model.loss"
                + " be one of classes, such as logistic or multinomial)");
    assertThatThrownBy(() -> Tuned.parameter(SQUARED, Loss.LABEL_SMOOTHING))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "Invalid model.tune: label-smoothing with loss squared (must be one of its parameters"
                + " [])");
    assertThatThrownBy(() -> Tuned.parameter(Loss.logistic(), Loss.LABEL_SMOOTHING))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "Invalid model.label-smoothing: 0.0 in model.tune (must be inside its bounds, where"
                + " tuning can begin: give it a value between 0 and 1)");
    PenalisedModel.Form grouped = form(SQUARED, PenaltyKind.L2, Tuned.groupScales(List.of(0, 1)));
    assertThatThrownBy(() -> PenalisedModel.of(grouped, rows.schema(), 1))
        .isInstanceOf(ModelException.class)
        .hasMessage("Invalid model.groups: 2 entries (must be 3, one for each feature)");
  }

  /** The mean over all pairs of validation rows, one after another. */
  private static double pairs(TunedRows rows, Matrix solution, DoubleUnaryOperator ofPair) {
    double sum = 0;
    double pairs = 0;
    for (int i : rows.validation().filter(i -> rows.y[i] > 0).toArray()) {
      for (int j : rows.validation().filter(j -> rows.y[j] < 0).toArray()) {
        double apart = rows.score(solution, i) - rows.score(solution, j);
        sum += rows.weight[i] * rows.weight[j] * ofPair.applyAsDouble(apart);
        pairs += rows.weight[i] * rows.weight[j];
      }
    }
    return sum / pairs;
  }

  @Test
  void squaresOfPairsAreThoseOfAllPairs() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2);
    TunedRows.Found found = rows.fit(form, OuterLoss.squaredPairs(2.5), Matrix.scalar(-3));
    double due = pairs(rows, found.solution(), apart -> Math.pow(2.5 - apart, 2));
    assertThat(found.outer()).isCloseTo(due, within(1e-12 * due));
  }

  /** Of both classes' scores, by the rows' weights. */
  private static double variance(TunedRows rows, Matrix solution, int sign) {
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int i : rows.validation().filter(i -> rows.y[i] * sign > 0).toArray()) {
      double score = rows.score(solution, i);
      total += rows.weight[i];
      sum += rows.weight[i] * score;
      squares += rows.weight[i] * score * score;
    }
    return squares / total - Math.pow(sum / total, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1})
  void theSmoothedAreaIsThatOfAllPairs(double width) {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2);
    OuterLoss area = OuterLoss.areaUnderCurve(width);
    TunedRows.Found found = rows.fit(form, area, Matrix.scalar(-3));
    Matrix x = found.solution();
    double unit = width * Math.sqrt(variance(rows, x, 1) + variance(rows, x, -1));
    double due = pairs(rows, x, apart -> NORMAL.cumulativeProbability(-apart / unit));
    assertThat(found.outer()).isCloseTo(due, within(1e-5)).isLessThan(0.4);
    rows.validation().forEach(i -> rows.y[i] = -rows.y[i]);
    double turned = rows.fit(form, area, Matrix.scalar(-3)).outer();
    assertThat(turned).isCloseTo(1 - found.outer(), within(1e-12));
  }

  @Test
  void aNarrowAreaIsTheShareOfPairsInTheWrongOrder() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2);
    TunedRows.Found found = rows.fit(form, OuterLoss.areaUnderCurve(0.02), Matrix.scalar(-3));
    double due = pairs(rows, found.solution(), apart -> apart < 0 ? 1 : 0);
    assertThat(found.outer()).isCloseTo(due, within(2e-3));
  }

  @Test
  void scoresThatAreAllTheSameRankAHalfOfThePairs() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2);
    Matrix theta = Matrix.scalar(-3);
    PenalisedModel model = rows.model(form, theta);
    Var area = model.outer(OuterLoss.areaUnderCurve(0.5), Model.VALIDATION);
    Matrix zeros = Matrix.zeros(model.inner().unknowns(), 1);
    assertThat(
            rows.passes()
                .evaluate(Program.of("area", area.node()), Map.of("x", zeros))
                .get("area")
                .value())
        .isEqualTo(0.5);
  }

  @Test
  void theWorstGroupIsThatOfGroupsWrittenOut() {
    TunedRows rows = new TunedRows(Labels.BINARY);
    PenalisedModel.Form form = form(Loss.logistic(), PenaltyKind.L2);
    double temperature = 0.1;
    OuterLoss worst = OuterLoss.worstGroup(Loss.logistic(), GROUPS, temperature);
    TunedRows.Found found = rows.fit(form, worst, Matrix.scalar(-3));
    double sum = 0;
    double largest = 0;
    for (int g = 0; g < 3; g++) {
      double loss = 0;
      double weight = 0;
      for (int i : rows.validation().toArray()) {
        if (rows.group[i] == g) {
          double margin = rows.y[i] * rows.score(found.solution(), i);
          loss += rows.weight[i] * Math.log1p(Math.exp(-margin));
          weight += rows.weight[i];
        }
      }
      sum += Math.exp(loss / weight / temperature);
      largest = Math.max(largest, loss / weight);
    }
    assertThat(found.outer()).isCloseTo(temperature * Math.log(sum), within(1e-12));
    assertThat(found.outer()).isBetween(largest, largest + temperature * Math.log(3));
  }
}
