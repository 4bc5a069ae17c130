package org.tacit.linsolve;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** A preconditioner that has been prepared, for the operators that are to come. */
record AtHand(String name, PreparedPreconditioner prepared, Preparation preparation)
    implements Preconditioner {
  AtHand(String name, PreparedPreconditioner prepared) {
    this(name, prepared, new Preparation(prepared.products()));
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    return new Again(prepared, preparation.due());
  }

  private record Again(PreparedPreconditioner prepared, int products)
      implements PreparedPreconditioner {
    @Override
    public Matrix apply(Matrix r) {
      return prepared.apply(r);
    }

    @Override
    public OptionalDouble smallestEigenvalue() {
      return prepared.smallestEigenvalue();
    }
  }
}
