package org.tacit.linsolve;

import java.util.function.Function;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#of}. */
record NamedPreconditioner(String name, Function<LinearOperator, Prepared> how)
    implements Preconditioner {
  /** One that has been prepared, for the operators that are to come. */
  static Preconditioner atHand(String name, Prepared prepared) {
    Preparation preparation = new Preparation(prepared.products());
    return Preconditioner.of(
        name,
        operator ->
            new Prepared(prepared.inverse(), preparation.due(), prepared.smallestEigenvalue()));
  }

  @Override
  public Prepared prepare(LinearOperator operator) {
    return how.apply(operator);
  }
}
