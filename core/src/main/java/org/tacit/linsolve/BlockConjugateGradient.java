package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * Conjugate gradients in one Krylov space for all right-hand sides, for A promised to be positive
 * definite. Each right-hand side profits from the directions of the others: k of them take fewer
 * iterations than one, where {@link ConjugateGradient} takes those of the slowest.
 *
 * <p>Directions that depend on others are left out, so right-hand sides may be dependent, and
 * columns may converge at different times. Each is divided by its norm first. The residual is
 * computed from its definition when the recursion says it is within the tolerance; if it is not,
 * the method begins anew from there.
 *
 * <p>Cost: an iteration is one product with as many columns as the block's rank; the check at the
 * end one more; k^2 n operations on the driver. The smallest eigenvalue is that of the block
 * tridiagonal matrix, from above.
 *
 * <p>Source: O'Leary 1980; in the form of Dubrulle 2001, with orthonormal residuals.
 *
 * @param relativeTolerance the bound on |b - A x| / |b| of each right-hand side
 * @param maxIterations the most steps
 */
public record BlockConjugateGradient(double relativeTolerance, int maxIterations)
    implements LinearSolver {
  public BlockConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** At most 1000 steps. */
  public static BlockConjugateGradient of(double relativeTolerance) {
    return new BlockConjugateGradient(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return "block CG";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    if (operator.structure() != Structure.POSITIVE_DEFINITE) {
      throw new IllegalArgumentException(
          "Invalid structure: "
              + operator.structure()
              + " (block CG needs POSITIVE_DEFINITE: promise it, or choose another method)");
    }
    Require.square(operator);
    return new BlockSolver(this, operator);
  }
}
