package org.tacit.linsolve;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ForwardingOperator;
import org.tacit.operator.LinearOperator;

/** An operator that counts its products, those of its transpose and its reduction with them. */
final class CountedOperator implements ForwardingOperator {
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
  public LinearOperator operator() {
    return operator;
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
  public CountedOperator transpose() {
    return new CountedOperator(operator.transpose(), count);
  }

  @Override
  public Optional<Reduction> reduction() {
    return operator
        .reduction()
        .map(reduction -> reduction.through(inner -> new CountedOperator(inner, count)));
  }
}
