package org.tacit.linsolve;

import org.tacit.operator.CountedOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;

/**
 * Direct methods: builds A by applying it to the identity, and factorises it as the method says: by
 * default Cholesky when it is promised to be positive definite, L D L' when symmetric, LU
 * otherwise. Each solve is refined once, by solving for its residual.
 *
 * <p>A broken promise (not symmetric, or with a negative eigenvalue) is solved by LU all the same
 * and ends as WRONG_STRUCTURE. An A that is singular to working precision (reciprocal condition
 * below n eps) is solved in the least-squares sense, by the solution of smallest norm, and ends as
 * SINGULAR. The tolerance only judges: a direct method cannot do more than end as STALLED.
 *
 * <p>Cost: one product with n columns when prepared, or several where these are many ({@link
 * DenseOperator#of}), which the first solution counts as its iterations, none to solve; n^2 numbers
 * on the driver. The start is not used. The smallest eigenvalue (of an A that is not symmetric, the
 * smallest singular value) is that of the matrix up to {@value Spectrum#EXACT} unknowns, and an
 * estimate from above by inverse iteration beyond.
 *
 * <p>Source: Golub and Van Loan, sections 3.4, 3.5, 4.2, 4.4, 5.2 and 5.5.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param method the factorisation
 */
public record DenseFactorisation(double relativeTolerance, DenseMethod method)
    implements LinearSolver {
  public DenseFactorisation {
    Require.tolerance(relativeTolerance);
  }

  /** By the structure that is promised. */
  public DenseFactorisation(double relativeTolerance) {
    this(relativeTolerance, DenseMethod.BY_PROMISE);
  }

  @Override
  public String name() {
    return method.label();
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    CountedOperator counted = CountedOperator.of(operator);
    DenseOperator whole = DenseOperator.of(counted);
    return FactorisedMatrix.of(this, whole, counted.count());
  }
}
