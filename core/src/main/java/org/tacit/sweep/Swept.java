package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * A subject as it is stated, and what it is on rows of other moments where it depends on those.
 *
 * @param inUnits empty where it does not
 * @param strength of the penalties at a theta ({@link Model#strength})
 */
record Swept(
    Subject stated,
    Optional<Function<ColumnMoments, Subject>> inUnits,
    ToDoubleFunction<Matrix> strength) {
  /** A subject that is the same on all rows, whose thetas all count as log penalties. */
  static Swept of(Subject subject) {
    return new Swept(subject, Optional.empty(), theta -> Arrays.stream(theta.toArray()).sum());
  }

  /** A model with mean outer losses, on the rows bound to {@link Model#TRAIN}. */
  static Swept of(Model model, List<? extends OuterLoss> losses) {
    return new Swept(
        subject(model, losses),
        model.hasUnits()
            ? Optional.of(moments -> subject(model.inUnitsOf(moments), losses))
            : Optional.empty(),
        model::strength);
  }

  private static Subject subject(Model model, List<? extends OuterLoss> losses) {
    Map<String, Var> outer = new LinkedHashMap<>();
    losses.forEach(loss -> outer.put(loss.name(), model.outer(loss, Model.TRAIN)));
    return new Subject(new Rows(Model.TRAIN, model.schema()), model.inner(), outer);
  }

  /** The folds of its rows. */
  FoldedRows rows(Passes passes, Folds folds) {
    return FoldedRows.of(passes, stated.rows(), folds, stated.totals());
  }

  /**
   * What it is on the rows that each fold keeps, all rows' first: one and the same, or where units
   * matter one for each, which takes two passes at most.
   */
  List<Subject> byFold(Passes passes, FoldedRows rows, Folds folds) {
    if (inUnits.isEmpty()) {
      return Collections.nCopies(1 + folds.count(), stated);
    }
    List<Function<Passes, ColumnMoments>> solves = new ArrayList<>();
    for (int k = FoldedRows.ALL; k < folds.count(); k++) {
      int fold = k;
      solves.add(
          own -> ColumnMoments.ofMasked(rows.bind(own, fold), stated.rows(), rows.kept().mask()));
    }
    return SharedDesk.solveAll(passes, solves).stream()
        .map(ended -> inUnits.get().apply(ended.orThrow()))
        .toList();
  }
}
