package org.tacit.projection;

import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * What a set is a set of: the value as one vector, or each of its rows.
 *
 * <p>By convention {@code Set.ofAll(...)} takes all elements of the value together, such as an n x
 * 1 vector, and {@code Set.ofRows(...)} projects every row by itself, of a replicated matrix or of
 * a table's rows. Parameters stretch as in every elementwise operation: a radius for rows is 1 x 1
 * or rows x 1, a normal 1 x width or rows x width.
 */
public enum Extent {
  /** All elements are one vector. */
  WHOLE,
  /** Each row is a vector. */
  ROWS;

  /** The sum over each vector. */
  public Var sum(Var x) {
    return this == WHOLE ? x.sum() : x.sumCols();
  }

  /** The Euclidean norm of each vector. */
  public Var norm(Var x) {
    if (this == ROWS) {
      return x.normCols();
    }
    return x.shape().isSharded() ? x.square().sum().sqrt() : toRows(x).normCols();
  }

  /** Each vector divided by its Euclidean norm; NaN for a vector of zeros. */
  public Var unit(Var x) {
    if (this == ROWS) {
      return x.unitCols();
    }
    return x.shape().isSharded() ? x.divide(norm(x)) : fromRows(toRows(x).unitCols(), x.shape());
  }

  /** The same elements with every vector in a row, as {@link RowKernel}s want them. */
  public Var toRows(Var x) {
    return this == WHOLE && !x.shape().isScalar() ? x.reshape(1, x.shape().size()) : x;
  }

  /** Undoes {@link #toRows} for a value of {@code shape}. */
  public Var fromRows(Var rows, Shape shape) {
    return this == WHOLE ? rows.reshape(shape) : rows;
  }
}
