package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * The method of conjugate gradients, for A promised to be positive definite, preconditioned by M.
 *
 * <pre>
 *   z = M^-1 r    alpha = r'z / p'Ap    x += alpha p    r -= alpha A p    beta = r+'z+ / r'z    p = z+ + beta p
 * </pre>
 *
 * <p>Several right-hand sides advance in lockstep: an iteration is one product with the directions
 * of all that have not stopped. Each is divided by its norm first, so tiny ones do not underflow; a
 * right-hand side of zero costs nothing. It stops when |b - A x| &lt;= relativeTolerance |b|, where
 * the residual is computed from its definition when the recursion says so (one more product); where
 * the two have drifted apart, the method goes on from the true one. A start that is worse than zero
 * is not used.
 *
 * <p>Cost: the iterations that the solution counts are its products with A, the checks included, so
 * at most one more than {@code maxIterations} for each check, and those that the preconditioner
 * took. The smallest eigenvalue is the smallest Ritz value, which estimates from above, and closely
 * only when many steps were taken; a start that is already good enough gives none. With a
 * preconditioner it is that of M^-1 A times the smallest eigenvalue of M, which errs to the safe
 * side, or none where that is unknown.
 *
 * <p>Source: Hestenes and Stiefel 1952; Nocedal and Wright, section 5.1; Saad, Iterative Methods,
 * section 9.2; residual replacement: van der Vorst and Ye 2000.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps
 * @param preconditioner M
 */
public record ConjugateGradient(
    double relativeTolerance, int maxIterations, Preconditioner preconditioner)
    implements LinearSolver {

  public ConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** Without preconditioner. */
  public ConjugateGradient(double relativeTolerance, int maxIterations) {
    this(relativeTolerance, maxIterations, new NoPreconditioner());
  }

  /** At most 1000 steps. */
  public static ConjugateGradient of(double relativeTolerance) {
    return new ConjugateGradient(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  @Override
  public String name() {
    return Preconditioned.named("CG", preconditioner);
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    if (operator.structure() != Structure.POSITIVE_DEFINITE) {
      throw new IllegalArgumentException(
          "Invalid structure: "
              + operator.structure()
              + " (CG needs POSITIVE_DEFINITE: promise it, or choose another method)");
    }
    Require.square(operator);
    PreparedPreconditioner prepared = preconditioner.prepare(operator);
    return new KrylovSolver(operator, name(), prepared.products(), settings(prepared));
  }

  RightSide.Settings settings(PreparedPreconditioner prepared) {
    Preconditioned m = new Preconditioned(prepared);
    return new RightSide.Settings(
        relativeTolerance,
        maxIterations,
        (r, target) -> new ConjugateGradientRecurrence(r, target, m));
  }
}
