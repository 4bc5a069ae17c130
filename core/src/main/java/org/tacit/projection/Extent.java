package org.tacit.projection;

import java.util.function.UnaryOperator;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * What a set or a penalty is of: the value as one vector, such as an n x 1 point, or each row by
 * itself, of a replicated matrix or of a table's rows. Parameters stretch as in every elementwise
 * operation: a radius for rows is 1 x 1 or rows x 1, a normal 1 x width or rows x width.
 */
public enum Extent {
  /** All elements are one vector. */
  WHOLE,
  /** Each row is a vector. */
  ROWS;

  /** The sum over each vector. */
  Var sum(Var x) {
    return this == WHOLE ? x.sum() : x.sumCols();
  }

  /** The Euclidean norm of each vector. */
  Var norm(Var x) {
    if (this == ROWS) {
      return x.normCols();
    }
    return x.shape().isSharded() ? x.square().sum().sqrt() : toRows(x).normCols();
  }

  /** Each vector divided by its Euclidean norm; NaN for a vector of zeros. */
  Var unit(Var x) {
    if (this == ROWS) {
      return x.unitCols();
    }
    return x.shape().isSharded() ? x.divide(norm(x)) : inRows(x, Var::unitCols);
  }

  /** The same elements with every vector in a row, as {@link RowKernel}s want them. */
  Var toRows(Var x) {
    return this == WHOLE && !x.shape().isScalar() ? x.reshape(1, x.shape().size()) : x;
  }

  /** Undoes {@link #toRows} for a value of {@code shape}. */
  Var fromRows(Var rows, Shape shape) {
    return this == WHOLE ? rows.reshape(shape) : rows;
  }

  /** What {@code map} makes of a value of which every vector stands in a row, in x's shape. */
  Var inRows(Var x, UnaryOperator<Var> map) {
    return fromRows(map.apply(toRows(x)), x.shape());
  }
}
