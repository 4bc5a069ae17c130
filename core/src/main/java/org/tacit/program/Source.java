package org.tacit.program;

import java.util.List;
import org.tacit.matrix.Matrix;

/** A value from outside the program: a primitive of no inputs. */
public sealed interface Source extends Primitive {
  Shape shape();

  @Override
  default Shape shape(List<Shape> none) {
    return shape();
  }

  /** A value bound by name at evaluation: a matrix, or row values held beside a table. */
  record Input(String name, Shape shape) implements Source {
    public Input {
      shape.requireRowsFirst();
    }
  }

  /** A column of a table: rows(table) x width. */
  record Column(String table, String column, int width) implements Source {
    @Override
    public Shape shape() {
      return Shape.rowsOf(table, width);
    }

    @Override
    public String name() {
      return table + "." + column;
    }
  }

  /** The number of rows of a table, 1 x 1. */
  record RowCount(String table) implements Source {
    @Override
    public Shape shape() {
      return Shape.SCALAR;
    }

    @Override
    public String name() {
      return "rows(" + table + ")";
    }
  }

  /** The sum of a column of width 1 over all rows of a table, 1 x 1, known with the table. */
  record ColumnTotal(String table, String column) implements Source {
    @Override
    public Shape shape() {
      return Shape.SCALAR;
    }

    @Override
    public String name() {
      return "total(" + table + "." + column + ")";
    }
  }

  /** A matrix written into the program. */
  record Constant(Matrix value) implements Source {
    @Override
    public Shape shape() {
      return Shape.of(value.rows(), value.cols());
    }

    @Override
    public String name() {
      return value.size() == 1 ? Double.toString(value.value()) : "constant";
    }
  }
}
