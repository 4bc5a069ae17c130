package org.tacit.linsolve;

import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * Chooses a method by structure and size; the solution's method says which. An operator whose
 * systems follow from smaller ones is {@link SupportRestricted} to them first.
 *
 * <ul>
 *   <li>up to {@value #SMALL} unknowns: {@link DenseFactorisation}, one product;
 *   <li>more, positive definite: {@link ConjugateGradient};
 *   <li>more, not promised to be positive definite: {@link DenseFactorisation}, up to {@value
 *       #LARGEST_DENSE} unknowns.
 * </ul>
 *
 * @param relativeTolerance the bound on |b - A x| / |b|
 * @param maxIterations the most steps of an iterative method
 */
public record Auto(double relativeTolerance, int maxIterations) implements LinearSolver {
  private static final int SMALL = 256;
  private static final int LARGEST_DENSE = 2048;

  public Auto {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** With the budget that {@link ConjugateGradient#of} has. */
  public static Auto of(double relativeTolerance) {
    return new Auto(relativeTolerance, ConjugateGradient.of(relativeTolerance).maxIterations());
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    return operator.reduction().isPresent()
        ? new SupportRestricted(this).prepare(operator)
        : methodFor(operator).prepare(operator);
  }

  private LinearSolver methodFor(LinearOperator operator) {
    int n = operator.cols();
    boolean isPositiveDefinite = operator.structure() == Structure.POSITIVE_DEFINITE;
    if (n <= SMALL) {
      return new DenseFactorisation(relativeTolerance);
    }
    if (isPositiveDefinite) {
      return new ConjugateGradient(relativeTolerance, maxIterations);
    }
    if (n <= LARGEST_DENSE) {
      return new DenseFactorisation(relativeTolerance);
    }
    throw new IllegalArgumentException(
        "Invalid operator: "
            + n
            + " unknowns that are not promised to be positive definite (dense methods take at most "
            + LARGEST_DENSE
            + ": promise positive definiteness where it holds)");
  }
}
