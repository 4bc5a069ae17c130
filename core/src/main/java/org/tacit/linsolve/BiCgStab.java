package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * BiCGSTAB, for a general A: short recurrences, five vectors, and no promise to converge. Where it
 * breaks down or its residual has drifted, it begins anew from the true one.
 *
 * <p>Cost: two products a step for all right-hand sides, counted as two iterations; a check one
 * more. No smallest singular value.
 *
 * <p>Source: van der Vorst 1992; Saad, Iterative Methods, section 7.4.2.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most products, checks apart
 */
public record BiCgStab(double relativeTolerance, int maxIterations) implements LinearSolver {
  public BiCgStab {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 products. */
  public static BiCgStab of(double relativeTolerance) {
    return new BiCgStab(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "BiCGSTAB";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    return new KrylovSolver(
        operator,
        name(),
        0,
        new RightSide.Settings(relativeTolerance, maxIterations, BiCgStabRecurrence::new));
  }
}
