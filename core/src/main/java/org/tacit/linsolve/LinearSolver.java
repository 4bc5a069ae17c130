package org.tacit.linsolve;

import java.util.List;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * A method for linear systems, with its tolerance and budget; those there are, by name.
 *
 * <p>In all of them {@code relativeTolerance} is the bound on |b - A x| / |b| of each right-hand
 * side. {@code maxIterations} is the most steps; where one is two products, the most products,
 * checks apart.
 */
public interface LinearSolver {
  /** The method's name as results print it. */
  String name();

  /** This method told of a matrix near those to come, where it makes use of one. */
  default LinearSolver near(Nearby known) {
    return this;
  }

  /** Does what is done once for an operator, such as a factorisation. */
  PreparedSolver prepare(LinearOperator operator);

  /**
   * Chooses a method by structure and size; the solution's method says which. An operator whose
   * systems follow from smaller ones is {@link #restricted} to them first.
   *
   * <ul>
   *   <li>where the matrix with its factors costs no more than a few products ({@link
   *       org.tacit.operator.Cost}): {@link DenseFactorisation};
   *   <li>the same of the {@link org.tacit.operator.Dual} of an operator that has one, whose
   *       factors precondition conjugate gradients on the driver; until that pays, its D does;
   *   <li>elsewhere, positive definite: {@link #conjugateGradient}, preconditioned by the factors
   *       of a matrix nearby where one is known, else by the diagonal where the operator tells it;
   *       then for each of its {@link LinearOperator#blocks} side by side, in shared products;
   *   <li>symmetric: {@link #minres};
   *   <li>general: {@link #gmres}, and from where it stalls {@link #lsmr};
   *   <li>each of these until it has cost as much as the factors would, then by these, where the
   *       driver can hold them (never more than twice the cheaper of the two).
   * </ul>
   *
   * <p>A promised structure is tested first, where the method relies on it and the caller does not
   * trust it: by two random vectors ({@link Structure#fault}), one product more. A Hessian is
   * symmetric by construction ({@link LinearOperator#isHessian}): whether it is definite is seen at
   * every step, and no product is spent on a test. What is found wanting is solved by GMRES and
   * ends as WRONG_STRUCTURE. The dense methods see the whole matrix and need no test.
   *
   * @param promise whether a promised structure is tested
   */
  static LinearSolver auto(double relativeTolerance, int maxIterations, Promise promise) {
    return new Auto(relativeTolerance, maxIterations, promise, Nearby.NOTHING);
  }

  /** The same with 1000 steps at most; promises are tested. */
  static LinearSolver auto(double relativeTolerance) {
    return auto(relativeTolerance, Krylov.DEFAULT_MAX_ITERATIONS, Promise.PROBED);
  }

  /**
   * The method of conjugate gradients, for A promised to be positive definite, preconditioned by M.
   *
   * <pre>
   *   z = M^-1 r    alpha = r'z / p'Ap    x += alpha p    r -= alpha A p    beta = r+'z+ / r'z    p = z+ + beta p
   * </pre>
   *
   * <p>Several right-hand sides advance in lockstep: an iteration is one product with the
   * directions of all that have not stopped. Each is divided by its norm first, so tiny ones do not
   * underflow; a right-hand side of zero costs nothing. It stops when |b - A x| &lt;=
   * relativeTolerance |b|, where the residual is computed from its definition when the recursion
   * says so (one more product); where the two have drifted apart, the method goes on from the true
   * one. A start that is worse than zero is not used.
   *
   * <p>Cost: the iterations that the solution counts are its products with A, the checks included,
   * so at most one more than {@code maxIterations} for each check, and those that the
   * preconditioner took. The smallest eigenvalue is the smallest Ritz value, which estimates from
   * above, and closely only when many steps were taken; a start that is already good enough gives
   * none. With a preconditioner it is that of M^-1 A times the smallest eigenvalue of M, which errs
   * to the safe side, or none where that is unknown.
   *
   * <p>Source: Hestenes and Stiefel 1952; Nocedal and Wright, section 5.1; Saad, Iterative Methods,
   * section 9.2; residual replacement: van der Vorst and Ye 2000.
   *
   * @param preconditioner M
   */
  static LinearSolver conjugateGradient(
      double relativeTolerance, int maxIterations, Preconditioner preconditioner) {
    return Krylov.conjugateGradient(
        new Krylov.Settings(relativeTolerance, maxIterations, preconditioner), List.of());
  }

  /** Without preconditioner. */
  static LinearSolver conjugateGradient(double relativeTolerance, int maxIterations) {
    return conjugateGradient(relativeTolerance, maxIterations, Preconditioner.none());
  }

  /**
   * Conjugate gradients in one Krylov space for all right-hand sides, for A promised to be positive
   * definite. Each right-hand side profits from the directions of the others: k of them take fewer
   * iterations than one, where {@link #conjugateGradient} takes those of the slowest.
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
   */
  static LinearSolver blockConjugateGradient(double relativeTolerance, int maxIterations) {
    return new BlockConjugateGradient(relativeTolerance, maxIterations);
  }

  /**
   * MINRES, for a symmetric A that may be indefinite or singular: the point of the Krylov space
   * with the smallest residual (with a preconditioner, smallest in the norm of M^-1).
   *
   * <p>A singular system is solved in the least-squares sense and ends as SINGULAR, unless it has a
   * solution, which is then found. An A promised to be positive definite that shows a negative v'Av
   * ends as WRONG_STRUCTURE. The residual is computed from its definition when the recurrence says
   * it is within the tolerance; if it is not, the method begins anew from there.
   *
   * <p>Cost: an iteration is one product for all right-hand sides; the check at the end one more;
   * six vectors a right-hand side. The smallest absolute eigenvalue is estimated from above.
   *
   * <p>Source: Paige and Saunders 1975; Choi, Paige and Saunders 2011 for singular systems.
   *
   * @param preconditioner M, symmetric positive definite
   */
  static LinearSolver minres(
      double relativeTolerance, int maxIterations, Preconditioner preconditioner) {
    return new Krylov(
        "MINRES",
        Structure.SYMMETRIC,
        new Krylov.Settings(relativeTolerance, maxIterations, preconditioner),
        (m, a) ->
            (r, target) ->
                new MinresRecurrence(r, target, m, a.structure() == Structure.POSITIVE_DEFINITE));
  }

  /** Without preconditioner. */
  static LinearSolver minres(double relativeTolerance, int maxIterations) {
    return minres(relativeTolerance, maxIterations, Preconditioner.none());
  }

  /**
   * GMRES(m), for any regular A: the point of the Krylov space with the smallest residual, begun
   * anew every m steps from the true residual. Preconditioned on the right, so that the residual is
   * that of the system itself.
   *
   * <p>Without restarts it ends within n steps; with them it may stall on an A that is far from
   * definite, and then ends as STALLED.
   *
   * <p>Cost: an iteration is one product for all right-hand sides; a check one more, every m steps;
   * m vectors a right-hand side. The smallest singular value is estimated from above.
   *
   * <p>Source: Saad and Schultz 1986; Saad, Iterative Methods, section 6.5; orthogonalised twice:
   * Giraud, Langou and Rozloznik 2005.
   *
   * @param restart m, the most vectors kept
   * @param preconditioner M
   */
  static LinearSolver gmres(
      double relativeTolerance, int maxIterations, int restart, Preconditioner preconditioner) {
    if (restart < 1) {
      throw new IllegalArgumentException("Invalid restart: " + restart + " (must be >= 1)");
    }
    return new Krylov(
        "GMRES(" + restart + ")",
        Structure.GENERAL,
        new Krylov.Settings(relativeTolerance, maxIterations, preconditioner),
        (m, a) -> (r, target) -> new GmresRecurrence(r, target, m, Math.min(restart, r.length)));
  }

  /** GMRES(60) without preconditioner. */
  static LinearSolver gmres(double relativeTolerance, int maxIterations) {
    return gmres(relativeTolerance, maxIterations, 60, Preconditioner.none());
  }

  /**
   * BiCGSTAB, for a general A: short recurrences, five vectors, and no promise to converge. Where
   * it breaks down or its residual has drifted, it begins anew from the true one.
   *
   * <p>Cost: two products a step for all right-hand sides, counted as two iterations; a check one
   * more. No smallest singular value.
   *
   * <p>Source: van der Vorst 1992; Saad, Iterative Methods, section 7.4.2.
   */
  static LinearSolver biCgStab(double relativeTolerance, int maxIterations) {
    return new Krylov(
        "BiCGSTAB",
        Structure.GENERAL,
        Krylov.Settings.of(relativeTolerance, maxIterations),
        (m, a) -> BiCgStabRecurrence::new);
  }

  /**
   * LSMR, for any A: MINRES on A'A x = A'b without forming it, so that |A'r| falls with every step.
   * It finds the least-squares solution of smallest norm of a singular system, which ends as
   * SINGULAR unless its residual is zero.
   *
   * <p>Its steps depend on the square of the condition: the method for systems on which GMRES
   * stalls, not the first one to try.
   *
   * <p>Cost: a product with A and one with A' a step, counted as two iterations, for all right-hand
   * sides at once; a check one more. The smallest singular value is estimated from above.
   *
   * <p>Source: Fong and Saunders 2011.
   */
  static LinearSolver lsmr(double relativeTolerance, int maxIterations) {
    return new Krylov(
        "LSMR",
        Structure.GENERAL,
        Krylov.Settings.of(relativeTolerance, maxIterations),
        (m, a) -> LsmrRecurrence::new);
  }

  /**
   * Conjugate gradients on the normal equations A'A x = A'b (CGLS), for any A.
   *
   * <pre>
   *   s = A'r    alpha = s's / |A p|^2    x += alpha p    r -= alpha A p    p+ = s+ + (s+'s+ / s's) p
   * </pre>
   *
   * <p>Its steps depend on the square of the condition; {@link #lsmr} is the steadier of the two. A
   * singular system is solved in the least-squares sense and ends as SINGULAR.
   *
   * <p>Cost: a product with A and one with A' a step, counted as two iterations, for all right-hand
   * sides at once; a check one more. The smallest singular value is the root of the smallest Ritz
   * value of A'A, from above.
   *
   * <p>Source: Hestenes and Stiefel 1952, section 10; Bjorck, Numerical Methods for Least Squares
   * Problems, section 7.4.
   */
  static LinearSolver normalConjugateGradient(double relativeTolerance, int maxIterations) {
    return new Krylov(
        "normal CG",
        Structure.GENERAL,
        Krylov.Settings.of(relativeTolerance, maxIterations),
        (m, a) -> NormalConjugateGradientRecurrence::new);
  }

  /**
   * The Neumann series A^-1 b = sum_k (I - A)^k b, for an A = I - T whose T is a contraction, such
   * as that of a fixed point: x += r, r -= A r.
   *
   * <p>The residual falls with the spectral radius of I - A. Where that is not below one the series
   * diverges, and the solve ends as STALLED with the partial sum of the smallest residual.
   *
   * <p>Cost: one product a term for all right-hand sides, a check one more. No smallest singular
   * value.
   *
   * <p>Source: Saad, Iterative Methods, section 4.2; as a method for implicit derivatives,
   * Lorraine, Vicol and Duvenaud 2020.
   */
  static LinearSolver neumann(double relativeTolerance, int maxIterations) {
    return new Krylov(
        "Neumann",
        Structure.GENERAL,
        Krylov.Settings.of(relativeTolerance, maxIterations),
        (m, a) -> NeumannRecurrence::new);
  }

  /**
   * Direct methods: builds A by applying it to the identity, and factorises it as the method says:
   * by default Cholesky when it is promised to be positive definite, L D L' when symmetric, LU
   * otherwise. Each solve is refined once, by solving for its residual.
   *
   * <p>A broken promise (not symmetric, or with a negative eigenvalue) is solved by LU all the same
   * and ends as WRONG_STRUCTURE. An A that is singular to working precision (reciprocal condition
   * below n eps) is solved in the least-squares sense, by the solution of smallest norm, and ends
   * as SINGULAR. The tolerance only judges: a direct method cannot do more than end as STALLED.
   *
   * <p>Cost: one product with n columns when prepared, or several where these are many ({@link
   * org.tacit.operator.DenseOperator#of}), which the first solution counts as its iterations, none
   * to solve; n^2 numbers on the driver. The start is not used. The smallest eigenvalue (of an A
   * that is not symmetric, the smallest singular value) is that of the matrix up to 256 unknowns,
   * and an estimate from above by inverse iteration beyond.
   *
   * <p>Source: Golub and Van Loan, sections 3.4, 3.5, 4.2, 4.4, 5.2 and 5.5.
   *
   * @param method the factorisation
   */
  static LinearSolver dense(double relativeTolerance, DenseMethod method) {
    return new DenseFactorisation(relativeTolerance, method);
  }

  /** By the structure that is promised. */
  static LinearSolver dense(double relativeTolerance) {
    return dense(relativeTolerance, DenseMethod.BY_PROMISE);
  }

  /**
   * Any method, repeated on its own residual: x += S(b - A x), until the residual is within the
   * tolerance or no longer falls. So a solver of low accuracy, or a factorisation of a nearby
   * matrix, serves high accuracy.
   *
   * <p>Cost: the inner solver's products, and one for the residual a round. The smallest eigenvalue
   * and defects such as SINGULAR are the inner solver's.
   *
   * <p>Source: Golub and Van Loan, section 3.5.3; Higham, Accuracy and Stability, chapter 12.
   *
   * @param solver S, whose own tolerance is the factor of a round
   * @param maxRounds the most corrections
   */
  static LinearSolver refined(LinearSolver solver, double relativeTolerance, int maxRounds) {
    return new IterativeRefinement(solver, relativeTolerance, maxRounds);
  }

  /**
   * Solves the smaller system that an operator's systems follow from ({@link
   * LinearOperator#reduction}), such as that of a lasso's support or of the free variables under
   * bounds, by another method; an operator without one is left to that method as it is.
   *
   * <p>The residual is that of the smaller system, recomputed by its method. Cost: that of the
   * method, whose dense system is built by one product, and one product more where unknowns off the
   * support are not zero, or for a transposed system.
   *
   * @param method the method for the smaller system
   */
  static LinearSolver restricted(LinearSolver method) {
    return new SupportRestricted(method);
  }

  /** How {@link LinearSolver#dense} factorises. */
  enum DenseMethod {
    /** Cholesky, L D L' or LU, by the structure that is promised. */
    BY_PROMISE("dense"),
    /** L D L', for a symmetric matrix. */
    LDL("dense LDL'"),
    /** With row interchanges, for any regular matrix. */
    LU("dense LU"),
    /** By reflections, for any regular matrix: twice the work of LU, and no growth of elements. */
    QR("dense QR"),
    /** The least-squares solution of smallest norm, for any matrix: thirty times the work of LU. */
    SVD("dense SVD");

    private final String label;

    DenseMethod(String label) {
      this.label = label;
    }

    /** The method as results print it. */
    public String label() {
      return label;
    }
  }

  /** What a method makes of the structure that an operator promises. */
  enum Promise {
    /** It is taken as it is. */
    TRUSTED,
    /** It is tested on two random vectors first, one product. */
    PROBED
  }
}
