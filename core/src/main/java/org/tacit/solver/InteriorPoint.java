package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link ConstrainedMinimiser#interiorPoint}. */
record InteriorPoint() implements Solver {
  private static final int SPLITTINGS = 20_000;

  @Override
  public String name() {
    return "interior point";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    int inequalities =
        problem.as(Problem.Constraints.class).map(Problem.Constraints::inequalities).orElse(0);
    Iterates iterates = new Iterates(problem, start, stopping);
    Outcome end = new CentralPath(problem, iterates, inequalities).follow();
    Optional<Solution> proof =
        iterates.goesOn() ? proof(problem, iterates, stopping) : Optional.empty();
    return proof.orElseGet(
        () -> {
          iterates.backToBest();
          return iterates.solution(name(), end);
        });
  }

  /**
   * Why a path that ended nowhere did, where the problem is a quadratic program without a solution.
   */
  private Optional<Solution> proof(Problem problem, Iterates iterates, Stopping stopping) {
    if (problem.as(Problem.Constraints.class).filter(all -> all.inequalities() > 0).isEmpty()) {
      return Optional.empty();
    }
    Stopping splitting =
        new Stopping(stopping.relativeTolerance(), stopping.absoluteTolerance(), SPLITTINGS)
            .withCancellation(() -> !iterates.isOpen());
    Problem metered = new Metered.Whole(problem, iterates);
    Solution other = new OperatorSplitting().solve(metered, iterates.x(), splitting);
    return switch (other.outcome()) {
      case INFEASIBLE, UNBOUNDED ->
          iterates
              .evaluate(other.value())
              .map(at -> iterates.proved(name(), other.outcome(), other.value(), at));
      default -> Optional.empty();
    };
  }
}
