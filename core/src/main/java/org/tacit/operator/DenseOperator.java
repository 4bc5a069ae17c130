package org.tacit.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/** A small matrix as an operator. No passes. */
public record DenseOperator(Matrix matrix, Structure structure) implements ClosableOperator {
  /** Numbers of a product: 32 MB. */
  private static final int NUMBERS = 1 << 22;

  /**
   * Another operator with all its elements: one product with as many columns as it has, or several
   * where these are more than {@value #NUMBERS} numbers together.
   */
  public static DenseOperator of(LinearOperator operator) {
    int n = operator.cols();
    Matrix identity = Matrix.identity(n);
    int width = Math.max(1, NUMBERS / Math.max(1, n));
    List<Matrix> slices = new ArrayList<>();
    for (int from = 0; from < n; from += width) {
      slices.add(operator.apply(identity.columns(from, Math.min(n, from + width))));
    }
    return new DenseOperator(Matrix.beside(slices), operator.structure());
  }

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
    double[] d = IntStream.range(0, rows()).mapToDouble(i -> matrix.at(i, i)).toArray();
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
