package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * MINRES, for a symmetric A that may be indefinite or singular: the point of the Krylov space with
 * the smallest residual (with a preconditioner, smallest in the norm of M^-1).
 *
 * <p>A singular system is solved in the least-squares sense and ends as SINGULAR, unless it has a
 * solution, which is then found. An A promised to be positive definite that shows a negative v'Av
 * ends as WRONG_STRUCTURE. The residual is computed from its definition when the recurrence says it
 * is within the tolerance; if it is not, the method begins anew from there.
 *
 * <p>Cost: an iteration is one product for all right-hand sides; the check at the end one more; six
 * vectors a right-hand side. The smallest absolute eigenvalue is estimated from above.
 *
 * <p>Source: Paige and Saunders 1975; Choi, Paige and Saunders 2011 for singular systems.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps
 * @param preconditioner M, symmetric positive definite
 */
public record Minres(double relativeTolerance, int maxIterations, Preconditioner preconditioner)
    implements LinearSolver {
  public Minres {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** Without preconditioner. */
  public Minres(double relativeTolerance, int maxIterations) {
    this(relativeTolerance, maxIterations, new NoPreconditioner());
  }

  /** At most 1000 steps. */
  public static Minres of(double relativeTolerance) {
    return new Minres(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return Preconditioned.named("MINRES", preconditioner);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    if (!operator.structure().isSymmetric()) {
      throw new IllegalArgumentException(
          "Invalid structure: GENERAL (MINRES needs SYMMETRIC: promise it, or choose another"
              + " method)");
    }
    PreparedPreconditioner prepared = preconditioner.prepare(operator);
    Preconditioned m = new Preconditioned(prepared);
    boolean isPositive = operator.structure() == Structure.POSITIVE_DEFINITE;
    return new KrylovSolver(
        operator,
        name(),
        prepared.products(),
        new RightSide.Settings(
            relativeTolerance,
            maxIterations,
            (r, target) -> new MinresRecurrence(r, target, m, isPositive)));
  }
}
