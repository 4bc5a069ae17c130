package org.tacit.solver;

import java.util.function.BiConsumer;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** A method given by its steps in one solve. */
record Method(String name, Iterates.Aim aim, Steps steps) implements Solver {
  /** Steps while there is something left to do. */
  interface Steps {
    /** How they ended where they have not converged and budget is left. */
    Outcome run(Problem problem, Iterates iterates);
  }

  /** Towards a minimum, until no step helps. */
  static Method minimising(String name, BiConsumer<Problem, Iterates> steps) {
    return new Method(
        name,
        Iterates.Aim.MINIMUM,
        (problem, iterates) -> {
          steps.accept(problem, iterates);
          return Outcome.STALLED;
        });
  }

  /** Down an objective of which F is the gradient, to the best point. */
  static Method descending(String name, BiConsumer<Problem, Iterates> steps) {
    return minimising(
        name,
        (problem, iterates) -> {
          Descent.requireObjective(name, iterates);
          steps.accept(problem, iterates);
          iterates.lookCloser();
          if (!iterates.isConverged()) {
            iterates.backToBest();
          }
        });
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping, aim);
    Outcome end = steps.run(problem, iterates);
    return iterates.solution(name, end);
  }
}
