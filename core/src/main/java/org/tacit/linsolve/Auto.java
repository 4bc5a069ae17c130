package org.tacit.linsolve;

import java.util.function.IntFunction;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * Chooses a method by structure and size; the solution's method says which. An operator whose
 * systems follow from smaller ones is {@link SupportRestricted} to them first.
 *
 * <ul>
 *   <li>where the matrix with its factors costs no more than a few products ({@link Cost}): {@link
 *       DenseFactorisation};
 *   <li>the same of the {@link org.tacit.operator.Dual} of an operator that has one, whose factors
 *       precondition conjugate gradients on the driver; until that pays, its D does;
 *   <li>elsewhere, positive definite: {@link ConjugateGradient}, preconditioned by the factors of a
 *       matrix nearby where one is known, else by the diagonal where the operator tells it;
 *   <li>symmetric: {@link Minres};
 *   <li>general: {@link Gmres}, and from where it stalls {@link Lsmr};
 *   <li>each of these until it has cost as much as the factors would, then by these, where the
 *       driver can hold them ({@link UntilWholePays}).
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
 * @param nearby what is known of a matrix near those to come
 */
public record Auto(double relativeTolerance, int maxIterations, Promise promise, Nearby nearby)
    implements LinearSolver {

  public Auto {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** Nothing is known of a neighbour. */
  public Auto(double relativeTolerance, int maxIterations, Promise promise) {
    this(relativeTolerance, maxIterations, promise, Nearby.NOTHING);
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
    return new Auto(relativeTolerance, maxIterations, newPromise, nearby);
  }

  @Override
  public Auto near(Nearby known) {
    return new Auto(relativeTolerance, maxIterations, promise, known);
  }

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    if (operator.reduction().isPresent()) {
      return new SupportRestricted(near(Nearby.NOTHING)).prepare(operator);
    }
    Cost cost = operator.cost();
    boolean isKnown = operator.structure() == Structure.POSITIVE_DEFINITE && knows(operator);
    if (isKnown ? cost.isCheapInSteps() : cost.isCheapWhole()) {
      return new Whole(relativeTolerance, maxIterations).prepare(operator);
    }
    boolean isTested =
        promise == Promise.PROBED
            && operator.structure().isSymmetric()
            && operator.dual().isEmpty();
    LinearSolver method = new Iterative(this);
    return isTested
        ? new Probed(method, new Gmres(relativeTolerance, maxIterations)).prepare(operator)
        : method.prepare(operator);
  }

  private boolean knows(LinearOperator operator) {
    return nearby.knows(operator.cols());
  }

  /** What is chosen where the whole matrix is not cheap. */
  private record Iterative(Auto settings) implements LinearSolver {
    @Override
    public String name() {
      return settings.name();
    }

    @Override
    public PreparedSolver prepare(LinearOperator operator) {
      return switch (operator.structure()) {
        case POSITIVE_DEFINITE -> byConjugateGradients(operator);
        case SYMMETRIC -> until(operator, budget -> new Minres(tolerance(), budget));
        case GENERAL ->
            operator.cost().isHeld()
                ? until(operator, budget -> new Gmres(tolerance(), budget))
                : new InTurn(
                        new Gmres(tolerance(), settings.maxIterations),
                        new Lsmr(tolerance(), settings.maxIterations))
                    .prepare(operator);
      };
    }

    private double tolerance() {
      return settings.relativeTolerance;
    }

    private PreparedSolver until(LinearOperator operator, IntFunction<LinearSolver> method) {
      return new UntilWholePays(operator, method, settings, Nearby.NOTHING);
    }

    private PreparedSolver byConjugateGradients(LinearOperator operator) {
      if (settings.knows(operator)) {
        NearbyPreconditioner.Prepared near = settings.nearby.preconditioner().prepare(operator);
        return new UntilWholePays(
            operator, by(near.atHand()), settings, settings.nearby.with(near.whole()));
      }
      Preconditioner diagonal =
          operator
              .dual()
              .<Preconditioner>map(dual -> DiagonalPreconditioner.of(dual.diagonal()))
              .orElseGet(() -> DiagonalPreconditioner.whereKnown(operator));
      return new UntilWholePays(operator, by(diagonal), settings, settings.nearby);
    }

    private IntFunction<LinearSolver> by(Preconditioner preconditioner) {
      return budget -> new ConjugateGradient(tolerance(), budget, preconditioner);
    }
  }
}
