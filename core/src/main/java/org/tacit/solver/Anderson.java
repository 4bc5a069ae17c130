package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link RootFinder#anderson}. */
record Anderson(int memory, double damping, double ridge) implements Solver {
  private static final int PATIENCE = 50;
  private static final double WORSE = 10;

  public Anderson {
    if (memory < 1) {
      throw new IllegalArgumentException("Invalid memory: " + memory + " (must be >= 1)");
    }
    if (!(damping > 0 && damping <= 1)) {
      throw new IllegalArgumentException("Invalid damping: " + damping + " (must be > 0 and <= 1)");
    }
    if (!(ridge >= 0) || Double.isInfinite(ridge)) {
      throw new IllegalArgumentException("Invalid ridge: " + ridge + " (must be >= 0)");
    }
  }

  /** The last {@code memory} steps, undamped and without ridge. */
  public Anderson(int memory) {
    this(memory, 1, 0);
  }

  /** With the last five steps. */
  public static Anderson of() {
    return new Anderson(5);
  }

  /** With damping beta: x+ = x + beta f - (dX + beta dF) gamma. */
  public Anderson withDamping(double beta) {
    return new Anderson(memory, beta, ridge);
  }

  /** With a ridge: gamma = argmin |f - dF gamma|^2 + ridge sum_j |df_j|^2 gamma_j^2. */
  public Anderson withRidge(double weight) {
    return new Anderson(memory, damping, weight);
  }

  AndersonMixing mixing() {
    return new AndersonMixing(memory, damping, ridge);
  }

  @Override
  public String name() {
    return "anderson(" + memory + ")";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    AndersonMixing mixing = mixing();
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
        Optional<Shortened> step = Shortened.along(iterates, iterates.here().residual());
        if (step.isEmpty()) {
          end = Outcome.NOT_FINITE;
          break;
        }
        iterates.moveTo(step.get().x(), step.get().there());
      }
      isPlain = true;
    }
    iterates.backToBest();
    return iterates.solution(name(), end);
  }
}
