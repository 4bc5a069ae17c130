package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link RootFinder#picard}. */
record Picard() implements Solver {
  private static final int PATIENCE = 100;

  @Override
  public String name() {
    return "picard";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    Matrix best = iterates.x();
    Problem.Evaluated atBest = iterates.here();
    Outcome end = Outcome.STALLED;
    int fruitless = 0;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Optional<Shortened> step = Shortened.along(iterates, iterates.here().residual());
      if (step.isEmpty()) {
        boolean isAtRest = iterates.x().plus(iterates.here().residual()).equals(iterates.x());
        end = isAtRest ? Outcome.STALLED : Outcome.NOT_FINITE;
        break;
      }
      Matrix next = step.get().x();
      iterates.moveTo(next, step.get().there());
      fruitless++;
      if (iterates.norm() < atBest.residual().norm()) {
        best = next;
        atBest = step.get().there();
        fruitless = 0;
      }
    }
    iterates.backTo(best, atBest);
    return iterates.solution(name(), end);
  }
}
