package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;

/**
 * Chooses a method by structure and size; the solution's method says which. An operator whose
 * systems follow from smaller ones is {@link SupportRestricted} to them first.
 *
 * <ul>
 *   <li>up to {@value #SMALL} unknowns: {@link DenseFactorisation}, one product;
 *   <li>more, positive definite: {@link ConjugateGradient};
 *   <li>more, symmetric: {@link Minres};
 *   <li>more, general: {@link Gmres}, and from where it stalls {@link Lsmr}.
 * </ul>
 *
 * <p>A promised structure is tested first, where the method relies on it and the caller does not
 * trust it: by two random vectors ({@link org.tacit.operator.StructureCheck}), one product more.
 * What is found wanting is solved by GMRES and ends as WRONG_STRUCTURE. The dense methods see the
 * whole matrix and need no test.
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps of an iterative method
 * @param promise whether a promised structure is tested
 */
public record Auto(double relativeTolerance, int maxIterations, Promise promise)
    implements LinearSolver {
  private static final int SMALL = 256;

  public Auto {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** Promises are tested. */
  public Auto(double relativeTolerance, int maxIterations) {
    this(relativeTolerance, maxIterations, Promise.PROBED);
  }

  /** With the budget that {@link ConjugateGradient#of} has. */
  public static Auto of(double relativeTolerance) {
    return new Auto(relativeTolerance, Require.DEFAULT_MAX_ITERATIONS);
  }

  /** The same with another view of promises. */
  public Auto with(Promise newPromise) {
    return new Auto(relativeTolerance, maxIterations, newPromise);
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    if (operator.reduction().isPresent()) {
      return new SupportRestricted(this).prepare(operator);
    }
    if (operator.cols() <= SMALL) {
      return new DenseFactorisation(relativeTolerance).prepare(operator);
    }
    LinearSolver method = methodFor(operator);
    boolean isTested = promise == Promise.PROBED && operator.structure().isSymmetric();
    return isTested
        ? new Probed(method, new Gmres(relativeTolerance, maxIterations)).prepare(operator)
        : method.prepare(operator);
  }

  private LinearSolver methodFor(LinearOperator operator) {
    return switch (operator.structure()) {
      case POSITIVE_DEFINITE -> new ConjugateGradient(relativeTolerance, maxIterations);
      case SYMMETRIC -> new Minres(relativeTolerance, maxIterations);
      case GENERAL ->
          new InTurn(
              new Gmres(relativeTolerance, maxIterations),
              new Lsmr(relativeTolerance, maxIterations));
    };
  }
}
