package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnTest {
  private static final Column DENSE = Column.dense(3, 2, new double[] {1, 0, 0, 2, 3, 4});
  private static final Column FLOAT = Column.floats(3, 2, new float[] {1, 0, 0, 2, 3, 4});
  private static final Column CSR =
      Column.sparse(2, new int[] {0, 1, 2, 4}, new int[] {0, 1, 0, 1}, new double[] {1, 2, 3, 4});
  private static final Column KEY = Column.keys(new int[] {5, 0, 7});

  /** Rows from to from + count of a column. */
  private static Matrix rows(Column column, int from, int count) {
    Operand cursor = column.cursor();
    cursor.place(from, count);
    Dense copy = Dense.zeros(count, column.width());
    cursor.copyTo(copy);
    return copy.toMatrix();
  }

  @Test
  void everyStorageHoldsTheSameNumbers() {
    for (Column column : List.of(DENSE, FLOAT, CSR)) {
      assertThat(rows(column, 0, 3)).isEqualTo(Matrix.of(3, 2, 1, 0, 0, 2, 3, 4));
      assertThat(rows(column, 1, 2)).isEqualTo(Matrix.of(2, 2, 0, 2, 3, 4));
      assertThat(rows(column, 2, 0)).isEqualTo(Matrix.zeros(0, 2));
      assertThat(column.rows()).isEqualTo(3);
      assertThat(column.width()).isEqualTo(2);
    }
    assertThat(rows(KEY, 1, 2)).isEqualTo(Matrix.column(0, 7));
  }

  @Test
  void windowsOfWindowsAreTheirRows() {
    for (Column column : List.of(DENSE, FLOAT, CSR, KEY)) {
      Operand cursor = column.cursor();
      cursor.place(1, 2);
      Operand last = cursor.window(1, 1);
      cursor.place(0, 1);
      Dense copy = Dense.zeros(1, column.width());
      last.copyTo(copy);
      assertThat(copy.toMatrix()).isEqualTo(rows(column, 2, 1));
      assertThat(last.rows()).isOne();
    }
  }

  @Test
  void someColumnsAreThoseAlone() {
    for (Column column : List.of(DENSE, FLOAT, CSR)) {
      assertThat(rows(column.only(1), 0, 3)).isEqualTo(Matrix.column(0, 2, 4));
      assertThat(rows(column.only(0, 1), 0, 3)).isEqualTo(rows(column, 0, 3));
      assertThat(column.only(0).storage()).isEqualTo(column.storage());
      assertThat(column.only().width()).isZero();
    }
    assertThat(rows(KEY.only(0), 0, 3)).isEqualTo(Matrix.column(5, 0, 7));
    assertThatThrownBy(() -> CSR.only(1, 0)).hasMessageContaining("0 after 1 (must ascend)");
  }

  @Test
  void everyNumberIsTold() {
    for (Column column : List.of(DENSE, FLOAT, CSR, KEY)) {
      double[] told = new double[column.rows() * column.width()];
      column.each((i, j, value) -> told[i * column.width() + j] += value);
      assertThat(Matrix.of(column.rows(), column.width(), told)).isEqualTo(rows(column, 0, 3));
    }
  }

  @Test
  void columnsAndBlocksSurviveSerialisation() {
    for (Column column : List.of(DENSE, FLOAT, CSR, KEY)) {
      Column copy = RoundTrip.of(Column.class, column);
      assertThat(copy.storage()).isEqualTo(column.storage());
      assertThat(rows(copy, 0, 3)).isEqualTo(rows(column, 0, 3));
    }
    Block block = RoundTrip.of(Block.class, new Block(3, DENSE, KEY));
    assertThat(block.rows()).isEqualTo(3);
    assertThat(rows(block.column(1), 0, 3)).isEqualTo(Matrix.column(5, 0, 7));
    Matrix matrix = Matrix.of(2, 2, 1, 2, 3, Double.POSITIVE_INFINITY);
    assertThat(RoundTrip.of(Matrix.class, matrix)).isEqualTo(matrix);
    Schema schema =
        Schema.of(new Schema.Field("x", 3, Storage.CSR), new Schema.Field("group", 1, Storage.KEY));
    assertThat(RoundTrip.of(Schema.class, schema))
        .isEqualTo(schema)
        .hasToString("[x[3 CSR], group[1 KEY]]");
  }

  @Test
  void blocksGrowByColumnsOfTheirHeight() {
    Block block = new Block(3, DENSE).with(List.of(KEY)).with(new Block(3, CSR));
    assertThat(block.column(1)).isSameAs(KEY);
    assertThat(block.columns(2, 1).get(0)).isSameAs(CSR);
    assertThatThrownBy(() -> new Block(4, DENSE))
        .hasMessage("Invalid block: a column of 3 rows in a block of 4 (must be equal)");
  }

  @Test
  void malformedColumnsAreRefused() {
    assertThatThrownBy(() -> Column.dense(2, 2, new double[3]))
        .hasMessage("Invalid column: 3 elements for 2 rows of 2 (must be rows * width)");
    assertThatThrownBy(() -> Column.floats(2, 2, new float[5]))
        .hasMessage("Invalid column: 5 elements for 2 rows of 2 (must be rows * width)");
    assertThatThrownBy(() -> Column.keys(new int[] {3, -1}))
        .hasMessage("Invalid key: -1 (must be >= 0)");
    assertThatThrownBy(() -> Column.sparse(2, new int[] {0, 1}, new int[] {2}, new double[] {1}))
        .hasMessage("Invalid index: 2 (must be >= 0 and < 2)");
    assertThatThrownBy(() -> Column.sparse(2, new int[] {0, 2}, new int[] {0}, new double[] {1}))
        .hasMessageContaining("2 row starts, 1 indices, 1 values");
    assertThatThrownBy(
            () ->
                Column.sparse(
                    2, new int[] {0, 2, 1, 3}, new int[] {0, 1, 0}, new double[] {1, 2, 3}))
        .hasMessage("Invalid row starts: 2 before 1 (must ascend from >= 0)");
  }

  @Test
  void schemasNameTheirColumns() {
    Schema schema = Schema.of(new Schema.Field("x", 3, Storage.DENSE));
    assertThat(schema.with(List.of(new Schema.Field("y", 1, Storage.DENSE))).indexOf("y")).isOne();
    assertThatThrownBy(() -> schema.field("y"))
        .hasMessage("Unknown column: y (must be one of [x])");
    assertThatThrownBy(() -> schema.with(schema.fields()))
        .hasMessage("Invalid schema: column x twice (names must differ)");
    assertThatThrownBy(() -> new Schema.Field("z", 0, Storage.DENSE))
        .hasMessage("Invalid width of column z: 0 (must be >= 1)");
  }
}
