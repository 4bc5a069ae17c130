package org.tacit.operator;

import java.util.Optional;
import org.tacit.matrix.Matrix;

/** A small matrix as an operator. No passes. */
public record DenseOperator(Matrix matrix, Structure structure) implements ClosableOperator {
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
  public Cost cost() {
    return Cost.ofMatrix(cols());
  }

  @Override
  public Optional<Matrix> diagonal() {
    if (matrix.rows() != matrix.cols()) {
      return Optional.empty();
    }
    double[] d = new double[matrix.rows()];
    for (int i = 0; i < d.length; i++) {
      d[i] = matrix.at(i, i);
    }
    return Optional.of(Matrix.adopting(d.length, 1, d));
  }

  @Override
  public LinearOperator transpose() {
    return structure.isSymmetric() ? this : new DenseOperator(matrix.transpose(), structure);
  }

  /** Keeps nothing elsewhere. */
  @Override
  public void close() {}
}
