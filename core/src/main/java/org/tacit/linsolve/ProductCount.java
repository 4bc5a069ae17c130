package org.tacit.linsolve;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** An operator that counts its products and its transpose's. */
final class ProductCount implements LinearOperator {
  private final LinearOperator operator;
  private final AtomicInteger count;

  ProductCount(LinearOperator operator) {
    this(operator, new AtomicInteger());
  }

  private ProductCount(LinearOperator operator, AtomicInteger count) {
    this.operator = operator;
    this.count = count;
  }

  int products() {
    return count.get();
  }

  @Override
  public int rows() {
    return operator.rows();
  }

  @Override
  public int cols() {
    return operator.cols();
  }

  @Override
  public Matrix apply(Matrix x) {
    count.incrementAndGet();
    return operator.apply(x);
  }

  /** Counted as a product. */
  @Override
  public Optional<Matrix> diagonal() {
    Optional<Matrix> diagonal = operator.diagonal();
    diagonal.ifPresent(d -> count.incrementAndGet());
    return diagonal;
  }

  @Override
  public ProductCount transpose() {
    return new ProductCount(operator.transpose(), count);
  }

  @Override
  public Structure structure() {
    return operator.structure();
  }
}
