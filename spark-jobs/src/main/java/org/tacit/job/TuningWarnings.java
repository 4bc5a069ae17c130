package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.tacit.bilevel.Bounds;
import org.tacit.data.Part;
import org.tacit.loss.Labels;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.result.Decimal;

/** What a reader of tuned penalties must know before using them. */
record TuningWarnings(Workspace workspace, Comparison losses) {
  private static final int SMALL = 1000;
  private static final double NOTHING = 1e-3;
  private static final double NOISE = 1e-3;
  private static final int SHOWN = 5;

  /**
   * Of thetas and the unknowns that they are solved with.
   *
   * @param x on all rows, where there are folds
   */
  List<String> of(Matrix theta, Matrix x) {
    List<String> warnings = new ArrayList<>();
    atBounds(theta, warnings);
    fewRows(warnings);
    fittedTooWell(x, warnings);
    missingIntercept(x, warnings);
    risingTest(Comparison.BEFORE, "the start", warnings);
    risingTest(Comparison.COMMON, "the best common penalty", warnings);
    return warnings;
  }

  private void atBounds(Matrix tuned, List<String> warnings) {
    Bounds bounds = workspace.settings().outer().bounds();
    List<String> names = new ArrayList<>();
    for (int k = 0; k < tuned.size(); k++) {
      double theta = tuned.at(k);
      if (bounds.stops(k, theta)) {
        names.add(workspace.thetaNames().get(k));
      }
    }
    if (!names.isEmpty()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d of %d thetas ended at a bound of outer.bounds%s: %s%s",
              names.size(),
              tuned.size(),
              bounds.low().rows() == 1 ? " = [" + bounds.low(0) + ", " + bounds.high(0) + "]" : "",
              String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
              names.size() > SHOWN ? ", ..." : ""));
    }
  }

  /** Of which each is held out once, where there are folds. */
  private long validationRows() {
    String part = workspace.isFolded() ? Model.TRAIN : Model.VALIDATION;
    return workspace.data().byName().get(part).rowCount();
  }

  private void fewRows(List<String> warnings) {
    int thetas = workspace.thetaNames().size();
    if (validationRows() < 2L * thetas) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d %s rows are few for %,d thetas, which can fit the rows themselves (give"
                  + " more rows%s, or use fewer thetas by model.per)",
              validationRows(),
              workspace.isFolded() ? "held-out" : "validation",
              thetas,
              workspace.isFolded() ? "" : " to validation"));
    }
  }

  /**
   * Against a model of zeros, or the best constant where labels are real; only of losses whose
   * least value is 0.
   */
  private void fittedTooWell(Matrix after, List<String> warnings) {
    Labels labels = workspace.settings().labels();
    OptionalDouble tuned = losses.loss(Model.VALIDATION, Comparison.AFTER);
    boolean hasFloor = labels != Labels.NON_NEGATIVE && labels != Labels.POSITIVE;
    if (workspace.isFolded() || !hasFloor || tuned.isEmpty() || validationRows() >= SMALL) {
      return;
    }
    boolean isReal = labels == Labels.REAL;
    Measures measures = Measures.on(workspace, Model.VALIDATION);
    double found =
        isReal ? Math.pow(measures.at(after).get(Measures.ERROR), 2) : tuned.getAsDouble();
    Matrix zeros = Matrix.zeros(workspace.model().inner().unknowns(), 1);
    double without = isReal ? variance() : measures.at(zeros).get(Measures.LOSS);
    if (found < NOTHING * without) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d validation rows are fitted to %.1e, where %s has %.1e: too well to"
                  + " tell penalties apart (give more rows to validation)",
              validationRows(),
              found,
              isReal ? "the best constant" : "a model of zeros",
              without));
    }
  }

  /** Of the validation labels, which one row has none of. */
  private double variance() {
    Model model = workspace.model();
    double middle = workspace.data().labelsOf(Part.VALIDATION).map(LabelOrigin::of).orElse(0.0);
    String part = Model.VALIDATION;
    Var mean = model.mean(part, (rows, s) -> rows.label().minus(middle));
    Var square = model.mean(part, (rows, s) -> rows.label().minus(middle).square());
    return workspace.value("measures", square.minus(mean.square()), Map.of()).value();
  }

  /** Where most of the training rows' mean square error is the square of their mean error. */
  private void missingIntercept(Matrix x, List<String> warnings) {
    Model model = workspace.model();
    boolean isReal = workspace.settings().labels() == Labels.REAL;
    if (!isReal || model.layout().hasIntercept() || !x.isFinite()) {
      return;
    }
    Var error = model.mean(Model.TRAIN, (rows, s) -> rows.label().minus(s));
    Var square = model.mean(Model.TRAIN, (rows, s) -> rows.label().minus(s).square());
    Map<String, Matrix> means =
        workspace
            .passes()
            .in("measures")
            .evaluate(
                Program.of(Map.of("error", error.node(), "square", square.node())), Map.of("x", x));
    double mean = means.get("error").value();
    if (mean * mean > 0.5 * means.get("square").value()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "without an intercept the training labels are missed by %.3g on average, which is most"
                  + " of the error (set model.intercept = true)",
              mean));
    }
  }

  private void risingTest(String from, String name, List<String> warnings) {
    OptionalDouble before = losses.loss(Workspace.TEST, from);
    OptionalDouble after = losses.loss(Workspace.TEST, Comparison.AFTER);
    OptionalDouble held = losses.loss(workspace.heldOut(), from);
    OptionalDouble tuned = losses.loss(workspace.heldOut(), Comparison.AFTER);
    if (before.isEmpty() || after.isEmpty() || held.isEmpty() || tuned.isEmpty()) {
      return;
    }
    double margin = NOISE * Math.abs(before.getAsDouble());
    if (tuned.getAsDouble() < held.getAsDouble()
        && after.getAsDouble() > before.getAsDouble() + margin) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the test loss rises from %s (%s) to %s (tuned) while the %s falls: the penalties"
                  + " are fitted to the %s",
              Decimal.of(before.getAsDouble(), 6),
              name,
              Decimal.of(after.getAsDouble(), 6),
              workspace.heldOutLoss(),
              workspace.isFolded() ? "held-out rows" : "validation rows"));
    }
  }
}
