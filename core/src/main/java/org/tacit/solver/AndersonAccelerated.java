package org.tacit.solver;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link RootFinder#accelerated}. */
record AndersonAccelerated(Solver solver, int steps, Anderson anderson) {
  private static final int PATIENCE = 20;

  public AndersonAccelerated {
    if (steps < 1) {
      throw new IllegalArgumentException("Invalid steps: " + steps + " (must be >= 1)");
    }
  }

  Outcome run(Problem problem, Iterates iterates) {
    AndersonMixing mixing = anderson.mixing();
    int fruitless = 0;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Matrix x = iterates.x();
      Matrix mapped = mapped(problem, iterates);
      boolean wasBest = iterates.isAtBest();
      fruitless = move(iterates, mixing, mapped) ? 0 : fruitless + 1;
      if (wasBest && iterates.x().equals(x)) {
        break;
      }
    }
    iterates.backToBest();
    return Outcome.STALLED;
  }

  /** Whether the residual is the smallest so far. */
  private static boolean move(Iterates iterates, AndersonMixing mixing, Matrix mapped) {
    double best = iterates.bestNorm();
    Matrix next = mixing.next(iterates.x(), mapped.minus(iterates.x()));
    Optional<Problem.Evaluated> there = iterates.evaluate(next);
    if (there.isEmpty() || there.get().residual().norm() > iterates.norm()) {
      mixing.forget();
      Optional<Shortened> step = Shortened.along(iterates, mapped.minus(iterates.x()));
      next = step.map(Shortened::x).orElse(mapped);
      there = step.map(Shortened::there);
    }
    if (there.isPresent()) {
      iterates.moveTo(next, there.get());
    } else {
      iterates.backToBest();
      iterates.stay();
    }
    return iterates.bestNorm() < best;
  }

  /** Where the solver stands after its steps, better or not. */
  private Matrix mapped(Problem problem, Iterates iterates) {
    AtomicReference<Matrix> last = new AtomicReference<>(iterates.x());
    Stopping stopping =
        new Stopping(0, 0, steps)
            .withListener(iteration -> last.set(iteration.x()))
            .withCancellation(() -> !iterates.isOpen());
    solver.solve(new Metered.Whole(problem, iterates), iterates.x(), stopping);
    return last.get();
  }
}
