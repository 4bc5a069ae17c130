package org.tacit.solver;

import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** A method for f + g given by its steps in one solve, which end as STALLED. */
record CompositeMethod(String name, Steps steps) implements Solver {
  /** Steps while there is something left to do. */
  interface Steps {
    void run(MeteredComposite problem, Iterates iterates);
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite =
        problem
            .as(CompositeProblem.class)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Invalid condition for "
                            + name
                            + ": no smooth part and proximal map (must be a ProximalGradient)"));
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    steps.run(new MeteredComposite(composite, iterates), iterates);
    return iterates.solution(name, Outcome.STALLED);
  }
}
