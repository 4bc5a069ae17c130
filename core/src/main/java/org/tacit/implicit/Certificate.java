package org.tacit.implicit;

import java.util.OptionalDouble;
import org.tacit.linsolve.Outcome;

/**
 * How far a derivative can be off, and whether it is to be trusted.
 *
 * @param residualNorm |F(x)|, the norm of the condition's residual
 * @param linearResidualNorm |A' u + x_bar|, the norm of the adjoint system's residual
 * @param smallestEigenvalue sigma, an estimate of the smallest singular value of A; empty when the
 *     linear solver gave none
 * @param solutionError |F(x)| / sigma, a bound on |x - x*| to first order
 * @param derivativeError the bound on the derivative's error (see {@link ErrorBound})
 * @param derivativeNorm the norm of the derivative itself
 * @param outcome CONVERGED when both solves converged; otherwise why the derivative is not to be
 *     trusted
 */
public record Certificate(
    double residualNorm,
    double linearResidualNorm,
    OptionalDouble smallestEigenvalue,
    OptionalDouble solutionError,
    OptionalDouble derivativeError,
    double derivativeNorm,
    Outcome outcome) {
  /** Whether both solves converged and the bound is known and no larger than the derivative. */
  public boolean isTrusted() {
    return outcome.isConverged()
        && derivativeError.isPresent()
        && derivativeError.getAsDouble() <= derivativeNorm;
  }
}
