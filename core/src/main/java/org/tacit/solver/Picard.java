package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * The fixed-point iteration x + F(x), that is T(x) for F = T(x) - x. Converges where T is a
 * contraction. One pass a step. Source: Banach's fixed-point theorem.
 */
public record Picard() implements Solver {
  @Override
  public String name() {
    return "picard";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    while (iterates.goesOn()) {
      Matrix next = iterates.x().plus(iterates.here().residual());
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      if (there.isEmpty()) {
        return iterates.solution(name(), Outcome.NOT_FINITE);
      }
      iterates.moveTo(next, there.get());
    }
    return iterates.solution(name(), Outcome.STALLED);
  }
}
