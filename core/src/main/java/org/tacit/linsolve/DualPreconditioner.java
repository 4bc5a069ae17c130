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
final class DualPreconditioner {
  private DualPreconditioner() {}

  /** By an operator's dual; empty without one, or where rounding makes its system singular. */
  static Optional<Preconditioner> of(LinearOperator operator) {
    return operator
        .dual()
        .flatMap(
            dual ->
                Optional.of(dual.system())
                    .filter(Matrix::isFinite)
                    .flatMap(Factorisation::scaledCholesky)
                    .map(factors -> of(dual, factors)));
  }

  private static Preconditioner of(Dual dual, Factorisation factors) {
    return Preconditioner.of(
        "the dual",
        operator ->
            new PreparedPreconditioner(
                r -> dual.expanded(r, factors.solve(dual.reduced(r))),
                0,
                OptionalDouble.of(dual.smallestEigenvalue())));
  }
}
