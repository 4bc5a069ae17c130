package org.tacit.operator;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tacit.matrix.Matrix;

/** An operator that counts its products, those of its transpose with them. */
public final class CountedOperator implements LinearOperator {
  private final LinearOperator operator;
  private final AtomicInteger count;

  private CountedOperator(LinearOperator operator, AtomicInteger count) {
    this.operator = operator;
    this.count = count;
  }

  /** Counts from zero. */
  public static CountedOperator of(LinearOperator operator) {
    return new CountedOperator(operator, new AtomicInteger());
  }

  public int count() {
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
  public boolean isHeld() {
    return operator.isHeld();
  }

  @Override
  public Optional<Dual> dual() {
    return operator.dual();
  }

  @Override
  public Cost cost() {
    return operator.cost();
  }

  @Override
  public CountedOperator transpose() {
    return new CountedOperator(operator.transpose(), count);
  }

  @Override
  public Structure structure() {
    return operator.structure();
  }
}
