package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * The fixed-point iteration x + F(x) accelerated by {@link AndersonMixing}, which for linear maps
 * is GMRES in disguise. Where a step makes the residual {@value #WORSE} times the smallest so far,
 * or not finite, it begins anew from there with a plain step. Returns the point of the smallest
 * residual; ends as STALLED when {@value #PATIENCE} steps found none smaller. One pass a step, m
 * pairs of vectors.
 *
 * @param memory m, the most steps combined
 */
public record Anderson(int memory) implements Solver {
  private static final int PATIENCE = 50;
  private static final double WORSE = 10;

  public Anderson {
    if (memory < 1) {
      throw new IllegalArgumentException("Invalid memory: " + memory + " (must be >= 1)");
    }
  }

  /** With the last five steps. */
  public static Anderson of() {
    return new Anderson(5);
  }

  @Override
  public String name() {
    return "anderson(" + memory + ")";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    AndersonMixing mixing = new AndersonMixing(memory);
    Outcome end = Outcome.STALLED;
    int fruitless = 0;
    boolean isPlain = true;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Matrix next = mixing.next(iterates.x(), iterates.here().residual());
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      boolean isGood =
          there.isPresent()
              && (isPlain || there.get().residual().norm() <= WORSE * iterates.bestNorm());
      if (isGood) {
        fruitless = there.get().residual().norm() < iterates.bestNorm() ? 0 : fruitless + 1;
        iterates.moveTo(next, there.get());
        isPlain = false;
        continue;
      }
      iterates.backToBest();
      iterates.stay();
      fruitless++;
      mixing.forget();
      if (isPlain) {
        end = Outcome.NOT_FINITE;
        break;
      }
      isPlain = true;
    }
    iterates.backToBest();
    return iterates.solution(name(), end);
  }
}
