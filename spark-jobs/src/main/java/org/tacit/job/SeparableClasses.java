package org.tacit.job;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * Whether a fit has every training row on the right side, so that the features separate the
 * classes. A logistic or multinomial loss then falls for ever along the coefficients: the penalty
 * alone keeps them finite.
 */
final class SeparableClasses {
  private SeparableClasses() {}

  /** What to say of it; nothing where a row of some weight is not on its side. One pass. */
  static Optional<String> warning(Workspace workspace, Matrix x) {
    String loss = workspace.settings().model().loss().name();
    boolean isAsked = loss.equals("logistic") || loss.equals("multinomial");
    boolean hasOffset = workspace.model().schema().has(Rows.OFFSET);
    if (!isAsked || hasOffset || !x.isFinite() || missed(workspace, x) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the classes are separable by the features: all %,d training rows are on the right side,"
                + " and the penalty alone keeps the coefficients finite (expect them to grow as theta"
                + " falls; raise theta, or give more rows)",
            workspace.data().train().rowCount()));
  }

  /** The weight of rows that are not on their side, over that of all. */
  private static double missed(Workspace workspace, Matrix x) {
    Model model = workspace.model();
    Var missed = model.mean(Model.TRAIN, (rows, s) -> isMissed(rows, s, model.layout().outputs()));
    return workspace.value("measures", missed, Map.of("x", x)).value();
  }

  private static Var isMissed(Rows rows, Var scores, int outputs) {
    if (outputs == 1) {
      return scores.times(rows.label()).lessOrEqual(Var.constant(0));
    }
    Var ofLabel = Measures.ofLabel(rows, scores);
    return scores.greaterOrEqual(ofLabel).sumCols().greaterThan(Var.constant(1));
  }
}
