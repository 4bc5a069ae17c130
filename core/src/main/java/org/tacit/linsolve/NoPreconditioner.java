package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** M = I. */
record NoPreconditioner() implements Preconditioner {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    return new Identity();
  }

  private record Identity() implements PreparedPreconditioner {
    @Override
    public Matrix apply(Matrix r) {
      return r;
    }

    @Override
    public int products() {
      return 0;
    }

    @Override
    public OptionalDouble smallestEigenvalue() {
      return OptionalDouble.of(1);
    }
  }
}
