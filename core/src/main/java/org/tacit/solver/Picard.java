package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.optimality.Problem;

/** {@link RootFinder#picard}. */
final class Picard {
  private static final int PATIENCE = 100;

  private Picard() {}

  static Outcome run(Problem problem, Iterates iterates) {
    Outcome end = Outcome.STALLED;
    int fruitless = 0;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Optional<Shortened> step = Shortened.along(iterates, iterates.here().residual());
      if (step.isEmpty()) {
        boolean isAtRest = iterates.x().plus(iterates.here().residual()).equals(iterates.x());
        end = isAtRest ? Outcome.STALLED : Outcome.NOT_FINITE;
        break;
      }
      iterates.moveTo(step.get().x(), step.get().there());
      fruitless = iterates.isAtBest() ? 0 : fruitless + 1;
    }
    iterates.backToBest();
    return end;
  }
}
