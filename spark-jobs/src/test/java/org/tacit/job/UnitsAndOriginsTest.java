package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.linsolve.Outcome;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenaltyKind;

/**
 * Columns in other units, and beside an intercept from other origins, with log penalties moved
 * along, give the same outcome, the same trust, the same number of passes, and the same model and
 * hypergradient mapped back: for every loss, penalty and storage. The model of the columns as they
 * are is that of plain coordinates.
 */
class UnitsAndOriginsTest {
  private static final List<Double> UNITS = List.of(1e-8, 1e8, 1.0, 1e-3);
  private static final List<Double> POWERS = List.of(0x1p-27, 0x1p27, 1.0, 0x1p-10);
  private static final List<Double> FAR = List.of(1.6e9, -3e5, 0.0, 2000.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0, 1.0);
  private static final List<Double> NONE = List.of(0.0, 0.0, 0.0, 0.0);

  /** Origins in units of the column's own, so that data hold the digits that they are asked for. */
  private static final List<ModelOfRows.Change> CHANGES =
      List.of(
          new ModelOfRows.Change(UNITS, NONE),
          new ModelOfRows.Change(POWERS, NONE),
          new ModelOfRows.Change(ONE, FAR),
          new ModelOfRows.Change(UNITS, FAR));

  private static List<Loss> losses() {
    List<Loss> losses = new ArrayList<>();
    for (LossKind kind : LossKind.values()) {
      switch (kind) {
        case ABSOLUTE -> losses.add(Loss.absolute(0.4));
        case QUANTILE -> losses.add(Loss.quantile(0.7, 0.4));
        case SMOOTHED_HINGE -> losses.add(Loss.smoothedHinge(1));
        case HINGE, PERCEPTRON, MULTICLASS_HINGE, MULTICLASS_PERCEPTRON -> {} // outer losses
        default -> losses.add(kind.loss());
      }
    }
    return losses;
  }

  @TestFactory
  Stream<DynamicTest> everyModelIsThatOfItsData() {
    return losses().stream()
        .flatMap(
            loss ->
                Stream.of(PenaltyKind.values())
                    .flatMap(
                        penalty ->
                            Stream.of(
                                new ModelOfRows(loss, penalty, Average.MEAN, true, Storage.DENSE),
                                new ModelOfRows(loss, penalty, Average.SUM, false, Storage.DENSE))))
        .map(model -> DynamicTest.dynamicTest(model.toString(), () -> check(model, false)));
  }

  @TestFactory
  Stream<DynamicTest> weightedAndHoweverStored() {
    return Stream.of(LossKind.LOGISTIC, LossKind.POISSON, LossKind.MULTINOMIAL)
        .flatMap(
            loss ->
                Stream.of(Storage.DENSE, Storage.CSR, Storage.FLOAT)
                    .map(
                        storage ->
                            new ModelOfRows(
                                loss.loss(), PenaltyKind.L2, Average.SUM, true, storage)))
        .map(model -> DynamicTest.dynamicTest(model + ", weighted", () -> check(model, true)));
  }

  private static void check(ModelOfRows model, boolean isWeighted) {
    ModelOfRows.Found plain = model.solved(ModelOfRows.Change.NOTHING, isWeighted);
    assertThat(plain.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(plain.distrust()).isEmpty();
    assertThat(plain.hypergradient().norm()).isGreaterThan(1e-4);
    ModelOfRows.Found asStated = model.inPlainCoordinates(isWeighted);
    assertClose("plain coordinates", plain.solution(), asStated.solution(), 1e-8);
    assertClose("plain coordinates", plain.hypergradient(), asStated.hypergradient(), 1e-7);
    for (ModelOfRows.Change change : CHANGES) {
      boolean isMoved = change.origins().get(0) != 0;
      boolean isRounded = model.storage() == Storage.FLOAT && !change.units().equals(POWERS);
      if (isRounded || (isMoved && !model.hasIntercept())) {
        continue;
      }
      double rounding = isMoved ? 100 * 1e-16 * FAR.get(0) : 0;
      ModelOfRows.Found moved = model.solved(change, isWeighted);
      String as = String.format(Locale.ROOT, "%s, %s", model, change);
      assertThat(moved.outcome()).as(as).isEqualTo(Outcome.CONVERGED);
      assertThat(moved.distrust()).as(as).isEmpty();
      assertThat((double) moved.passes())
          .as(as)
          .isBetween(0.9 * plain.passes() - 1, 1.1 * plain.passes() + 1);
      Matrix back = model.back(moved.solution(), change);
      assertClose(as, back, plain.solution(), Math.max(1e-8, rounding));
      assertClose(as, moved.hypergradient(), plain.hypergradient(), Math.max(1e-6, rounding));
    }
  }

  private static void assertClose(String as, Matrix is, Matrix due, double relative) {
    assertThat(is.minus(due).norm())
        .as("%s: %s against %s", as, is, due)
        .isLessThanOrEqualTo(relative * due.norm());
  }
}
