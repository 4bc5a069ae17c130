package org.tacit.linsolve;

import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** An operator that is known by its products alone. */
record Unknown(LinearOperator operator) implements LinearOperator {
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
    return operator.apply(x);
  }

  @Override
  public LinearOperator transpose() {
    return new Unknown(operator.transpose());
  }

  @Override
  public Structure structure() {
    return operator.structure();
  }
}
