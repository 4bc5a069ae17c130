package org.tacit.linsolve;

import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;

/**
 * M^-1 for one operator. No passes.
 *
 * @param inverse M^-1 R for each column of R, n x k
 * @param products those with A that preparing it took
 * @param smallestEigenvalue a lower bound of M's eigenvalues, where one is known: with it the
 *     eigenvalues of M^-1 A bound those of A
 */
public record PreparedPreconditioner(
    UnaryOperator<Matrix> inverse, int products, OptionalDouble smallestEigenvalue) {
  /** M^-1 R for each column of R, n x k. */
  public Matrix apply(Matrix r) {
    return inverse.apply(r);
  }
}
