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
 * @param standardError of the difference, sqrt(s_h^2 + s_t^2): s_t, and s_h of validation rows, are
 *     those of a mean over rows, s^2 = sum_i w_i^2 (l_i - m)^2 / (sum_i w_i)^2; s_h of folds is
 *     that of the mean of the folds' losses
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

  /**
   * Of the mean loss of folds; nothing without test rows, or where the outer loss is no mean of
   * rows: the error of the test loss is then not known, and the folds' alone would find one gap in
   * five large where there is none. A pass.
   */
  static Optional<TestGap> ofFolds(FoldSweep trials, int candidate, OptionalDouble test) {
    Workspace workspace = trials.workspace();
    OptionalDouble mean = trials.mean(candidate);
    OptionalDouble error = trials.standardError(candidate);
    Optional<Loss> loss = workspace.settings().outer().loss().ofRows();
    Optional<Matrix> x = trials.refit(candidate);
    if (loss.isEmpty() || x.isEmpty() || !isFinite(mean) || !isFinite(test) || !isFinite(error)) {
      return Optional.empty();
    }
    double unseen = test.getAsDouble();
    double ofTest = Math.sqrt(variance(workspace, loss.get(), Workspace.TEST, unseen, x.get()));
    return Optional.of(
        new TestGap(
            mean.getAsDouble(), unseen, Math.hypot(error.getAsDouble(), ofTest), "of the folds"));
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

  /** In a line, with its standard error. */
  void show(Settings settings) {
    Console.say(
        "%s: test loss less that %s: %s (standard error %s)",
        settings.name(), heldOutName, Decimal.of(gap(), 8), Decimal.of(standardError, 8));
  }

  /** Where it is more than two standard errors, which chance alone comes to once in forty times. */
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
