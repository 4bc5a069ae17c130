package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.pass.Passes;

/** F of all folds at one point by one program is that of each fold by its own passes. */
class FoldModelTest {
  @ParameterizedTest
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR", "FLOAT"})
  void foldsAtOnePointHaveWhatEachHasAlone(Storage storage) {
    SweepRows rows = new SweepRows(Loss.logistic(), 300, 4, storage, true, true);
    PenalisedModel model = rows.ridge(true, 2);
    Folds folds = Folds.byColumn(SweepRows.FOLD, List.of("a", "b", "c"));
    Swept swept = Swept.of(model, List.of(Loss.logistic()));
    Passes passes = Passes.over(Model.TRAIN, rows.all());
    FoldedRows folded = swept.rows(passes, folds);
    FoldModel fits = FoldModel.of(swept.stated(), folded);
    Matrix theta = Matrix.column(0.3);
    Matrix x = Matrix.tabulate(fits.condition().start().rows(), 1, (i, j) -> 0.4 * i - 0.7);
    long before = passes.ledger().total();
    List<FoldModel.Seen> together =
        FoldModel.seen(
            passes,
            fits.residuals(IntStream.range(0, 3).mapToObj(folded::bound).toList()),
            theta,
            x);
    assertThat(passes.ledger().total()).isEqualTo(before + 1);
    for (int k = 0; k < 3; k++) {
      Matrix alone = fits.residual(folded.passes(k), theta, x);
      Matrix difference = together.get(k).residual().orElseThrow().minus(alone);
      assertThat(difference.maxAbs()).isLessThan(1e-14);
      assertThat(alone.minus(fits.residual(folded.passes((k + 1) % 3), theta, x)).maxAbs())
          .isGreaterThan(1e-3);
    }
  }
}
