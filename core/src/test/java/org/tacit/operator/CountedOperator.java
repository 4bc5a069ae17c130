package org.tacit.operator;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.tacit.matrix.Matrix;

/** An operator that counts its products, those of its transpose with them. */
public record CountedOperator(LinearOperator operator, AtomicInteger counter)
    implements LinearOperator {
  public static CountedOperator of(LinearOperator operator) {
    return new CountedOperator(operator, new AtomicInteger());
  }

  public int count() {
    return counter.get();
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
    counter.incrementAndGet();
    return operator.apply(x);
  }

  @Override
  public Optional<Matrix> diagonal() {
    Optional<Matrix> diagonal = operator.diagonal();
    diagonal.ifPresent(d -> counter.incrementAndGet());
    return diagonal;
  }

  @Override
  public LinearOperator transpose() {
    return new CountedOperator(operator.transpose(), counter);
  }

  @Override
  public Structure structure() {
    return operator.structure();
  }
}
