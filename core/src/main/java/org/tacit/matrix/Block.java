package org.tacit.matrix;

import java.io.Serializable;
import java.util.List;

/**
 * A run of a table's rows: one {@link Column} for each field of the schema, all of the same height.
 */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final Column[] columns;

  public Block(int rows, Column... columns) {
    for (Column column : columns) {
      if (column.rows() != rows) {
        throw new IllegalArgumentException(
            "Invalid block: a column of %s rows in a block of %s (must be equal)"
                .formatted(column.rows(), rows));
      }
    }
    this.rows = rows;
    this.columns = columns.clone();
  }

  public int rows() {
    return rows;
  }

  /** How many numbers its columns store. */
  public long numbers() {
    return java.util.Arrays.stream(columns).mapToLong(Column::numbers).sum();
  }

  /** The elements of column {@code i}, which is dense and one wide, row after row. */
  public double[] elements(int i) {
    if (!(columns[i].cursor() instanceof Dense dense) || dense.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid column: %s, %s wide (must be DENSE and 1 wide to be taken whole)"
              .formatted(columns[i].storage(), columns[i].width()));
    }
    return dense.toMatrix().toArray();
  }

  public Column column(int i) {
    return columns[i];
  }

  /** This block with more columns after its own, which are shared, not copied. */
  public Block with(List<? extends Column> more) {
    Column[] all = java.util.Arrays.copyOf(columns, columns.length + more.size());
    for (int i = 0; i < more.size(); i++) {
      all[columns.length + i] = more.get(i);
    }
    return new Block(rows, all);
  }

  /** So many columns from position {@code first} on. */
  public List<Column> columns(int first, int count) {
    return List.of(columns).subList(first, first + count);
  }

  /** The first {@code own} columns, then those at these positions; shared, not copied. */
  public Block with(int own, int[] more) {
    Column[] all = java.util.Arrays.copyOf(columns, own + more.length);
    for (int i = 0; i < more.length; i++) {
      all[own + i] = columns[more[i]];
    }
    return new Block(rows, all);
  }

  /** The columns of {@code other}, which has as many rows, after those of this block. */
  public Block with(Block other) {
    return with(List.of(other.columns));
  }
}
