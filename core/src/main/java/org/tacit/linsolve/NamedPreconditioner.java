package org.tacit.linsolve;

import java.util.function.Function;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#of}. */
record NamedPreconditioner(String name, Function<LinearOperator, PreparedPreconditioner> how)
    implements Preconditioner {
  /** One that has been prepared, for the operators that are to come. */
  static Preconditioner atHand(String name, PreparedPreconditioner prepared) {
    Preparation preparation = new Preparation(prepared.products());
    return Preconditioner.of(
        name,
        operator ->
            new PreparedPreconditioner(
                prepared.inverse(), preparation.due(), prepared.smallestEigenvalue()));
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    return how.apply(operator);
  }
}
