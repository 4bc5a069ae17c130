package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Dual;
import org.tacit.operator.LinearOperator;

/**
 * M of a {@link Dual}, whose small system is factorised. Conjugate gradients take a step or two
 * where M is A itself, and one more for each unknown in which it is not.
 */
record DualPreconditioner(Dual dual, Factorisation factors) implements Preconditioner {
  /** By an operator's dual; empty without one, or where rounding makes its system singular. */
  static Optional<Preconditioner> of(LinearOperator operator) {
    return operator
        .dual()
        .flatMap(
            dual ->
                Optional.of(dual.system())
                    .filter(Matrix::isFinite)
                    .flatMap(Factorisation::scaledCholesky)
                    .map(factors -> new DualPreconditioner(dual, factors)));
  }

  @Override
  public String name() {
    return "the dual";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    return new PreparedPreconditioner() {
      @Override
      public Matrix apply(Matrix r) {
        return dual.expanded(r, factors.solve(dual.reduced(r)));
      }

      @Override
      public int products() {
        return 0;
      }

      @Override
      public OptionalDouble smallestEigenvalue() {
        return OptionalDouble.of(dual.smallestEigenvalue());
      }
    };
  }
}
