package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

class FoldsTest {
  private static final int N = 6000;

  /** Keys, three rows of each. */
  private static InProcessTable rows(Storage storage) {
    Schema schema = Schema.of(new Schema.Field("key", 1, storage));
    int[] keys = new int[N];
    Arrays.setAll(keys, i -> i / 3);
    Column column =
        storage == Storage.KEY
            ? Column.keys(keys)
            : Column.dense(N, 1, Arrays.stream(keys).asDoubleStream().toArray());
    return InProcessTable.of(schema, new Block(N, column));
  }

  /** For each fold which rows it holds out. */
  private static double[][] heldOut(Folds folds, InProcessTable table) {
    Passes passes = Passes.over("t", table);
    Rows rows = new Rows("t", table.schema());
    Program program = Program.of("out", folds.heldOut(rows, Var.input("k", Shape.SCALAR)).node());
    double[][] all = new double[folds.count()][];
    for (int k = 0; k < all.length; k++) {
      try (RowValues out = passes.keep(program, Map.of("k", Matrix.scalar(k))).get("out")) {
        all[k] = table.values(out);
      }
    }
    return all;
  }

  @Test
  void hashedFoldsHoldOutEveryRowOnceAndRowsOfAKeyTogether() {
    double[][] out = heldOut(Folds.byHash("key", 5, 9), rows(Storage.KEY));
    for (int i = 0; i < N; i++) {
      int row = i;
      assertThat(Arrays.stream(out).mapToDouble(fold -> fold[row]).sum()).isEqualTo(1);
      assertThat(Arrays.stream(out).allMatch(fold -> fold[row] == fold[row - row % 3])).isTrue();
    }
    for (double[] fold : out) {
      // 2,000 keys at 1/5: a deviation of 17.9 keys
      assertThat(Arrays.stream(fold).sum() / 3).isBetween(310.0, 490.0);
    }
  }

  @Test
  void hashedFoldsDependOnSeedAndKeyAlone() {
    Folds folds = Folds.byHash("key", 4, 1);
    double[][] out = heldOut(folds, rows(Storage.KEY));
    assertThat(heldOut(folds, rows(Storage.DENSE))).isDeepEqualTo(out);
    double[][] other = heldOut(Folds.byHash("key", 4, 2), rows(Storage.KEY));
    long same = 0;
    for (int i = 0; i < N; i++) {
      same += out[0][i] == 1 && other[0][i] == 1 ? 1 : 0;
    }
    assertThat(same).isBetween(N / 32L, N / 10L);
  }

  @Test
  void aHoldOutIsOneFoldOfItsShare() {
    double[][] out = heldOut(Folds.holdOut("key", 0.3, 5), rows(Storage.KEY));
    assertThat(out).hasNumberOfRows(1);
    assertThat(Arrays.stream(out[0]).sum() / N).isBetween(0.25, 0.35);
  }

  @Test
  void whatMakesNoFoldsIsRefused() {
    assertThatThrownBy(() -> Folds.byHash("key", 1, 0))
        .hasMessage("Invalid folds: 1 (must be >= 2)");
    assertThatThrownBy(() -> Folds.byColumn("key", List.of("a", "a")))
        .hasMessage("Invalid folds: [a, a] (must be two names at least, no two the same)");
    assertThatThrownBy(() -> Folds.holdOut("key", 1, 0))
        .hasMessage("Invalid share: 1.0 (must be in (0, 1))");
    assertThatThrownBy(() -> on(Folds.byHash("key", 2, 0)))
        .hasMessage("No column for folds: key (must be one of [features, label, fold, row])");
    assertThatThrownBy(() -> on(Folds.byColumn(SweepRows.FOLD, List.of("a", "b", "c", "d"))))
        .hasMessage("Invalid fold: d holds out no row (must hold out a part of the rows)");
    assertThatThrownBy(() -> on(Folds.byColumn(SweepRows.FOLD, List.of("a", "b"))))
        .hasMessageMatching(
            "Invalid folds: \\d+ rows are in none \\(column fold must hold 0 to 1\\)");
  }

  @Test
  void aFoldWhoseRowsWeighNothingIsRefused() {
    Folds folds = Folds.byColumn(SweepRows.FOLD, List.of("a", "b", "c"));
    assertThatThrownBy(() -> weighing(folds, 1, 0, 1))
        .hasMessage(
            "Invalid fold: the rows that b holds out weigh 0 in all (must weigh more than 0; take"
                + " other folds, or leave out rows that weigh 0)");
    assertThatThrownBy(() -> weighing(folds, 2, 0, 0))
        .hasMessageStartingWith("Invalid fold: the rows that a keeps weigh 0 in all (must");
    weighing(folds, 1, 1e-300, 2);
  }

  /** Rows of each fold of this weight. */
  private static void weighing(Folds folds, double... weights) {
    SweepRows rows = new SweepRows(Loss.squared(), 100, 2, Storage.DENSE, true, false);
    Arrays.setAll(rows.weight, i -> weights[rows.fold[i]]);
    Passes passes = Passes.over("t", rows.all());
    FoldedRows.of(passes, new Rows("t", rows.schema()), folds, Set.of(Rows.WEIGHT));
  }

  private static void on(Folds folds) {
    SweepRows rows = new SweepRows(Loss.squared(), 100, 2, Storage.DENSE, false, false);
    Passes passes = Passes.over("t", rows.all());
    FoldedRows.of(passes, new Rows("t", rows.schema()), folds, Set.of());
  }
}
