package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link RootFinder#anderson}. */
record Anderson(int memory, double damping, double ridge) {
  private static final int PATIENCE = 50;
  private static final double WORSE = 10;

  public Anderson {
    Lbfgs.requireMemory(memory);
    if (!(damping > 0 && damping <= 1)) {
      throw new IllegalArgumentException("Invalid damping: " + damping + " (must be > 0 and <= 1)");
    }
    if (!(ridge >= 0) || Double.isInfinite(ridge)) {
      throw new IllegalArgumentException("Invalid ridge: " + ridge + " (must be >= 0)");
    }
  }

  AndersonMixing mixing() {
    return new AndersonMixing(memory, damping, ridge);
  }

  String name() {
    return "anderson(" + memory + ")";
  }

  Outcome run(Problem problem, Iterates iterates) {
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
    return end;
  }
}
