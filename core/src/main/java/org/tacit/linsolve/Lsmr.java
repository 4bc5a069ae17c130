package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * LSMR, for any A: MINRES on A'A x = A'b without forming it, so that |A'r| falls with every step.
 * It finds the least-squares solution of smallest norm of a singular system, which ends as SINGULAR
 * unless its residual is zero.
 *
 * <p>Its steps depend on the square of the condition: the method for systems on which GMRES stalls,
 * not the first one to try.
 *
 * <p>Cost: a product with A and one with A' a step, counted as two iterations, for all right-hand
 * sides at once; a check one more. The smallest singular value is estimated from above.
 *
 * <p>Source: Fong and Saunders 2011.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most products, checks apart
 */
public record Lsmr(double relativeTolerance, int maxIterations) implements LinearSolver {
  public Lsmr {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 products. */
  public static Lsmr of(double relativeTolerance) {
    return new Lsmr(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "LSMR";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    return new KrylovSolver(
        operator,
        name(),
        0,
        new RightSide.Settings(relativeTolerance, maxIterations, LsmrRecurrence::new));
  }
}
