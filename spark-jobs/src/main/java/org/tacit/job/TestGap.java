package org.tacit.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.result.Decimal;

/**
 * How much larger the test loss is than the loss that thetas were tuned on: what they were fitted
 * to it, and how the rows differ.
 *
 * @param standardError of the folds' mean, or, of validation rows, of the difference of two means
 *     over rows, sqrt(s_v^2 + s_t^2) with s^2 = sum_i w_i^2 (l_i - m)^2 / (sum_i w_i)^2
 */
record TestGap(double heldOut, double test, double standardError, String heldOutName) {
  private static final double LARGE = 2;
  private static final String MEAN = "mean loss";

  /**
   * Of tuned unknowns on validation rows; nothing without test rows, or where the outer loss is no
   * mean of rows. A pass each.
   */
  static Optional<TestGap> ofRows(Workspace workspace, Comparison losses, Matrix x) {
    OptionalDouble validation = losses.loss(Model.VALIDATION, Comparison.AFTER);
    OptionalDouble test = losses.loss(Workspace.TEST, Comparison.AFTER);
    Optional<Loss> loss = workspace.settings().outer().loss().ofRows();
    if (loss.isEmpty() || !isFinite(validation) || !isFinite(test)) {
      return Optional.empty();
    }
    double held = validation.getAsDouble();
    double unseen = test.getAsDouble();
    double variance =
        variance(workspace, loss.get(), Model.VALIDATION, held, x)
            + variance(workspace, loss.get(), Workspace.TEST, unseen, x);
    return Optional.of(
        new TestGap(held, unseen, Math.sqrt(variance), "of the " + Model.VALIDATION + " rows"));
  }

  /** Of the mean loss of folds. */
  static Optional<TestGap> ofFolds(FoldSweep trials, int candidate, OptionalDouble test) {
    OptionalDouble mean = trials.mean(candidate);
    OptionalDouble error = trials.standardError(candidate);
    return isFinite(mean) && isFinite(test) && isFinite(error)
        ? Optional.of(
            new TestGap(
                mean.getAsDouble(), test.getAsDouble(), error.getAsDouble(), "of the folds"))
        : Optional.empty();
  }

  private static boolean isFinite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble());
  }

  private static double variance(
      Workspace workspace, Loss loss, String part, double mean, Matrix x) {
    Model model = workspace.model();
    Var middle = Var.input(MEAN, Shape.SCALAR);
    Var sum =
        model.mean(
            part,
            (rows, scores) -> {
              Var square = loss.of(scores, rows.label()).minus(middle).square();
              boolean isWeighted = rows.schema().has(Rows.WEIGHT);
              return isWeighted
                  ? square.times(rows.weight()).divide(rows.total(Rows.WEIGHT))
                  : square.divide(rows.count());
            });
    return workspace.value("measures", sum, Map.of("x", x, MEAN, Matrix.scalar(mean))).value();
  }

  double gap() {
    return test - heldOut;
  }

  /** Where it is more than two standard errors. */
  Optional<String> warning() {
    if (!(gap() > LARGE * standardError)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the test loss, %s, is %.1f standard errors above that %s, %s: the test"
                + " rows differ from the others, or thetas are fitted to the %s",
            Decimal.of(test, 6),
            gap() / standardError,
            heldOutName,
            Decimal.of(heldOut, 6),
            heldOutName.replace("of the ", "")));
  }
}
