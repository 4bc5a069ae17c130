package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * The Neumann series A^-1 b = sum_k (I - A)^k b, for an A = I - T whose T is a contraction, such as
 * that of a fixed point: x += r, r -= A r.
 *
 * <p>The residual falls with the spectral radius of I - A. Where that is not below one the series
 * diverges, and the solve ends as STALLED with the partial sum of the smallest residual.
 *
 * <p>Cost: one product a term for all right-hand sides, a check one more. No smallest singular
 * value.
 *
 * <p>Source: Saad, Iterative Methods, section 4.2; as a method for implicit derivatives, Lorraine,
 * Vicol and Duvenaud 2020.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most terms
 */
public record Neumann(double relativeTolerance, int maxIterations) implements LinearSolver {
  public Neumann {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 terms. */
  public static Neumann of(double relativeTolerance) {
    return new Neumann(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "Neumann";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    return new KrylovSolver(
        operator,
        name(),
        0,
        new RightSide.Settings(relativeTolerance, maxIterations, NeumannRecurrence::new));
  }
}
