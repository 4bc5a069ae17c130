package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * Conjugate gradients on the normal equations A'A x = A'b (CGLS), for any A.
 *
 * <pre>
 *   s = A'r    alpha = s's / |A p|^2    x += alpha p    r -= alpha A p    p+ = s+ + (s+'s+ / s's) p
 * </pre>
 *
 * <p>Its steps depend on the square of the condition; {@link Lsmr} is the steadier of the two. A
 * singular system is solved in the least-squares sense and ends as SINGULAR.
 *
 * <p>Cost: a product with A and one with A' a step, counted as two iterations, for all right-hand
 * sides at once; a check one more. The smallest singular value is the root of the smallest Ritz
 * value of A'A, from above.
 *
 * <p>Source: Hestenes and Stiefel 1952, section 10; Bjorck, Numerical Methods for Least Squares
 * Problems, section 7.4.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most products, checks apart
 */
public record NormalConjugateGradient(double relativeTolerance, int maxIterations)
    implements LinearSolver {
  public NormalConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 products. */
  public static NormalConjugateGradient of(double relativeTolerance) {
    return new NormalConjugateGradient(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "normal CG";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    return new KrylovSolver(
        operator,
        name(),
        0,
        new RightSide.Settings(
            relativeTolerance, maxIterations, NormalConjugateGradientRecurrence::new));
  }
}
