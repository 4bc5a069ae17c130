package org.tacit.linsolve;

import java.util.Optional;
import java.util.function.IntFunction;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** {@link LinearSolver#auto}, told of a neighbour. */
record Auto(double relativeTolerance, int maxIterations, Promise promise, Nearby nearby)
    implements LinearSolver {

  public Auto {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
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
    return (isTested ? tested(method, operator) : method).prepare(operator);
  }

  /** A Hessian is symmetric; whether it is definite shows on the way. */
  private LinearSolver tested(LinearSolver method, LinearOperator operator) {
    LinearSolver general = LinearSolver.gmres(relativeTolerance, maxIterations);
    return operator.isHessian()
        ? new UntilRefuted(method, general, relativeTolerance)
        : new Probed(method, general);
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
        case SYMMETRIC -> until(operator, budget -> LinearSolver.minres(tolerance(), budget));
        case GENERAL ->
            operator.cost().isHeld()
                ? until(operator, budget -> LinearSolver.gmres(tolerance(), budget))
                : new InTurn(
                        LinearSolver.gmres(tolerance(), settings.maxIterations),
                        LinearSolver.lsmr(tolerance(), settings.maxIterations))
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
      if (operator.dual().isPresent()) {
        Matrix diagonal = operator.dual().get().diagonal();
        return byDiagonal(operator, DiagonalPreconditioner.of(diagonal), settings.nearby);
      }
      Optional<Matrix> known = settings.nearby.diagonal(operator.cols());
      Optional<Matrix> diagonal = known.or(() -> DiagonalPreconditioner.told(operator));
      int products = known.isPresent() ? 0 : 1;
      return byDiagonal(
          operator,
          diagonal
              .map(d -> DiagonalPreconditioner.atHand(d, products, operator))
              .orElseGet(Preconditioner::none),
          diagonal.map(settings.nearby::withDiagonal).orElse(settings.nearby));
    }

    private PreparedSolver byDiagonal(LinearOperator operator, Preconditioner m, Nearby left) {
      return new UntilWholePays(
          operator,
          budget ->
              Krylov.conjugateGradient(
                  new Krylov.Settings(tolerance(), budget, m), operator.blocks()),
          settings,
          left);
    }

    private IntFunction<LinearSolver> by(Preconditioner preconditioner) {
      return budget -> LinearSolver.conjugateGradient(tolerance(), budget, preconditioner);
    }
  }
}
