package org.tacit.operator;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;

/** An operator that is another one but for what it says itself, so that nothing of that is lost. */
public interface ForwardingOperator extends LinearOperator {
  LinearOperator operator();

  @Override
  default int rows() {
    return operator().rows();
  }

  @Override
  default int cols() {
    return operator().cols();
  }

  @Override
  default Matrix apply(Matrix x) {
    return operator().apply(x);
  }

  @Override
  default Optional<Matrix> diagonal() {
    return operator().diagonal();
  }

  @Override
  default List<Integer> blocks() {
    return operator().blocks();
  }

  @Override
  default Cost cost() {
    return operator().cost();
  }

  @Override
  default Structure structure() {
    return operator().structure();
  }

  @Override
  default boolean isHessian() {
    return operator().isHessian();
  }

  @Override
  default boolean isHeld() {
    return operator().isHeld();
  }

  @Override
  default Optional<Dual> dual() {
    return operator().dual();
  }

  @Override
  default Optional<HeldBlock> block(Matrix isIn) {
    return operator().block(isIn);
  }

  @Override
  default Optional<Reduction> reduction() {
    return operator().reduction();
  }
}
