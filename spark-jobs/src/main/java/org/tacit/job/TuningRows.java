package org.tacit.job;

import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.config.ConfigException;
import org.tacit.data.RowKey;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.sweep.CrossValidation;
import org.tacit.sweep.Reserve;

/**
 * What the outer problem of a tuning reads: validation rows or folds, without those that stop it
 * early.
 *
 * @param folds empty where it is validation rows
 * @param stopping the loss of the rows that stop it, 1 x 1; empty where none do
 */
record TuningRows(BilevelProblem problem, Optional<CrossValidation> folds, Optional<Var> stopping) {
  /**
   * Of a configuration. The counts of folds take a pass, those of rows that stop it two at most.
   */
  static TuningRows of(Workspace workspace) {
    Optional<Reserve> reserve =
        workspace.settings().outer().stopping().map(StoppingSettings::reserve);
    reserve.ifPresent(some -> new OuterRows(workspace).requireReserved(some));
    return workspace.isFolded() ? ofFolds(workspace, reserve) : ofValidation(workspace, reserve);
  }

  private static TuningRows ofFolds(Workspace workspace, Optional<Reserve> reserve) {
    CrossValidation folds =
        reserve
            .map(some -> placed(workspace, () -> workspace.crossValidation(some)))
            .orElseGet(workspace::crossValidation);
    return new TuningRows(workspace.problem(folds), Optional.of(folds), folds.reserved());
  }

  private static TuningRows ofValidation(Workspace workspace, Optional<Reserve> reserve) {
    if (reserve.isEmpty()) {
      return new TuningRows(workspace.outer(), Optional.empty(), Optional.empty());
    }
    Reserve.Losses losses =
        placed(
            workspace,
            () ->
                reserve
                    .get()
                    .of(
                        workspace.inner().condition(),
                        workspace.validationLoss(),
                        validation(workspace),
                        RowKey.COLUMN,
                        workspace.passes()));
    return new TuningRows(
        BilevelProblem.of(workspace.inner(), losses.tuned()),
        Optional.empty(),
        Optional.of(losses.reserved()));
  }

  static Rows validation(Workspace workspace) {
    return new Rows(Model.VALIDATION, workspace.model().schema());
  }

  private static <T> T placed(Workspace workspace, Supplier<T> of) {
    try {
      return of.get();
    } catch (IllegalArgumentException few) {
      throw new ConfigException(
          "%scannot keep rows that stop tuning early: %s; give more rows, or another outer.early-stopping.fraction"
              .formatted(
                  workspace.settings().places().of("outer.early-stopping"), few.getMessage()),
          few);
    }
  }
}
