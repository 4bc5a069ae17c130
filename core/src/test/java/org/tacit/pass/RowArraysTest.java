package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;

/** A table of arrays in one line. */
class RowArraysTest {
  private static final double[][] FEATURES = {{1, 2}, {3, 4}, {5, 6}};
  private static final double[] LABELS = {1, -1, 2};

  @Test
  void rowsAndLabelsKeepTheirPlaces() {
    Table table = InProcessTable.of(FEATURES, LABELS);
    Rows rows = new Rows("t", table.schema());
    Matrix sums =
        ExplicitFunction.of(x -> rows.features().transpose().matmul(rows.label()).times(x))
            .over(Passes.over("t", table))
            .at(Matrix.scalar(1));
    assertThat(table.rowCount()).isEqualTo(3);
    assertThat(sums).isEqualTo(Matrix.column(1 - 3 + 10, 2 - 4 + 12));
  }

  @Test
  void manyRowsAreSeveralBlocks() {
    int rows = 300_000;
    double[][] features = new double[rows][];
    double[] labels = new double[rows];
    for (int i = 0; i < rows; i++) {
      features[i] = new double[] {i, 1};
      labels[i] = 1;
    }
    Table table = InProcessTable.of(features, labels);
    Rows t = new Rows("t", table.schema());
    assertThat(table.partitions()).isEqualTo(2);
    assertThat(
            ExplicitFunction.of(x -> t.features().sumRows().times(x))
                .over(Passes.over("t", table))
                .at(Matrix.scalar(1)))
        .isEqualTo(Matrix.of(1, 2, rows * (rows - 1.0) / 2, rows));
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThatThrownBy(() -> InProcessTable.of(new double[0][], new double[0]))
        .hasMessageContaining("must be one row and one column or more");
    assertThatThrownBy(() -> InProcessTable.of(FEATURES, new double[2]))
        .hasMessage("Invalid labels: 2 (must be 3, one for each row of features)");
    assertThatThrownBy(() -> InProcessTable.of(new double[][] {{1, 2}, {3}}, new double[2]))
        .hasMessage("Invalid features: row 1 has 1 (must have 2, as row 0)");
    double[][] gap = {{1, 2}, {3, Double.NaN}};
    assertThatThrownBy(() -> InProcessTable.of(gap, new double[2]))
        .hasMessage("Invalid feature: NaN in row 1, column 1 (must be finite)");
    assertThatThrownBy(
            () -> InProcessTable.of(FEATURES, new double[] {1, 2, Double.POSITIVE_INFINITY}))
        .hasMessage("Invalid label: Infinity in row 2 (must be finite)");
  }

  @Test
  void aMatrixIsATableOfItsRows() {
    Schema schema = InProcessTable.of(FEATURES, LABELS).schema();
    Matrix rows = Matrix.zeros(3, 3);
    assertThatThrownBy(() -> InProcessTable.of(schema, Matrix.zeros(3, 4), 1, 2))
        .hasMessageStartingWith("Invalid rows: 4 columns (must be 3, those of the schema ");
    assertThatThrownBy(() -> InProcessTable.of(schema, rows, 1, 0))
        .hasMessage("Invalid table: 1 partitions in blocks of 0 rows (must be 1 and 1, or more)");
    assertThatThrownBy(() -> InProcessTable.of(schema, rows, 0, 1))
        .hasMessageStartingWith("Invalid table: 0 partitions");
  }

  /** Rows times partitions are more than an int holds. */
  @Test
  void manyRowsInManyPartitionsAreAllThere() {
    Schema schema = Schema.of(new Schema.Field("x", 1, Storage.DENSE));
    int rows = 500_000;
    Table table = InProcessTable.of(schema, Matrix.zeros(rows, 1), 5_000, rows);
    assertThat(table.rowCount()).isEqualTo(rows);
  }
}
