package org.tacit.operator;

import org.tacit.matrix.Matrix;

/** A small matrix as an operator. No passes. */
public record DenseOperator(Matrix matrix, Structure structure) implements LinearOperator {
  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int cols() {
    return matrix.cols();
  }

  @Override
  public Matrix apply(Matrix x) {
    return matrix.times(x);
  }

  @Override
  public LinearOperator transpose() {
    return structure.isSymmetric() ? this : new DenseOperator(matrix.transpose(), structure);
  }
}
