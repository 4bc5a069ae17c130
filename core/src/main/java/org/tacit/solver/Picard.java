package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * The fixed-point iteration x + F(x), that is T(x) for F = T(x) - x. Converges where T is a
 * contraction. Returns the point of the smallest residual, and ends as STALLED when {@value
 * #PATIENCE} steps found none smaller. One pass a step. Source: Banach's fixed-point theorem.
 */
public record Picard() implements Solver {
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
      Matrix next = iterates.x().plus(iterates.here().residual());
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      if (there.isEmpty()) {
        end = Outcome.NOT_FINITE;
        break;
      }
      iterates.moveTo(next, there.get());
      fruitless++;
      if (iterates.norm() < atBest.residual().norm()) {
        best = next;
        atBest = there.get();
        fruitless = 0;
      }
    }
    iterates.backTo(best, atBest);
    return iterates.solution(name(), end);
  }
}
