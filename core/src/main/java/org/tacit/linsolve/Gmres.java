package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * GMRES(m), for any regular A: the point of the Krylov space with the smallest residual, begun anew
 * every m steps from the true residual. Preconditioned on the right, so that the residual is that
 * of the system itself.
 *
 * <p>Without restarts it ends within n steps; with them it may stall on an A that is far from
 * definite, and then ends as STALLED.
 *
 * <p>Cost: an iteration is one product for all right-hand sides; a check one more, every m steps; m
 * vectors a right-hand side. The smallest singular value is estimated from above.
 *
 * <p>Source: Saad and Schultz 1986; Saad, Iterative Methods, section 6.5; orthogonalised twice:
 * Giraud, Langou and Rozloznik 2005.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps
 * @param restart m, the most vectors kept
 * @param preconditioner M
 */
public record Gmres(
    double relativeTolerance, int maxIterations, int restart, Preconditioner preconditioner)
    implements LinearSolver {
  private static final int DEFAULT_RESTART = 60;

  public Gmres {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
    if (restart < 1) {
      throw new IllegalArgumentException("Invalid restart: " + restart + " (must be >= 1)");
    }
  }

  /** GMRES(60) without preconditioner. */
  public Gmres(double relativeTolerance, int maxIterations) {
    this(relativeTolerance, maxIterations, DEFAULT_RESTART, new NoPreconditioner());
  }

  /** At most 1000 steps. */
  public static Gmres of(double relativeTolerance) {
    return new Gmres(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return Preconditioned.named("GMRES(" + restart + ")", preconditioner);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    PreparedPreconditioner prepared = preconditioner.prepare(operator);
    Preconditioned m = new Preconditioned(prepared);
    return new KrylovSolver(
        operator,
        name(),
        prepared.products(),
        new RightSide.Settings(
            relativeTolerance,
            maxIterations,
            (r, target) -> new GmresRecurrence(r, target, m, Math.min(restart, r.length))));
  }
}
