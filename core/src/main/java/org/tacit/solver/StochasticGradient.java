package org.tacit.solver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#stochasticGradient}. */
record StochasticGradient(StochasticStep rule, int batches, long seed) {
  private static final int PATIENCE = 200;
  private static final double SHORTEST = 0x1p-30;

  public StochasticGradient {
    if (batches < 1) {
      throw new IllegalArgumentException("Invalid batches: " + batches + " (must be >= 1)");
    }
  }

  Outcome run(Problem problem, Iterates iterates) {
    Descent.requireObjective(rule.name(), iterates);
    Outcome end = iterates.goesOn() ? epochs(problem, iterates) : Outcome.STALLED;
    if (!iterates.isConverged()) {
      iterates.backToBest();
    }
    return end;
  }

  private Outcome epochs(Problem problem, Iterates iterates) {
    List<Problem> parts = new ArrayList<>(problem.batches(batches, seed));
    Random random = new Random(seed);
    var memory = new StochasticStep.Memory(iterates.x(), iterates.here().residual(), 0);
    int fruitless = 0;
    double length = 1;
    while (iterates.goesOn() && fruitless < PATIENCE) {
      Collections.shuffle(parts, random);
      Optional<Matrix> next = epoch(parts, iterates, memory, length);
      Optional<Problem.Evaluated> there = next.flatMap(iterates::evaluate);
      if (there.isEmpty()) {
        iterates.stay();
        length /= 2;
        memory = memory.at(iterates.x(), iterates.here().residual());
        if (length < SHORTEST) {
          return Outcome.NOT_FINITE;
        }
        continue;
      }
      iterates.moveTo(next.get(), there.get());
      fruitless = iterates.isAtBest() ? 0 : fruitless + 1;
      memory = memory.at(iterates.x(), iterates.here().residual());
    }
    return Outcome.STALLED;
  }

  private Optional<Matrix> epoch(
      List<Problem> parts, Iterates iterates, StochasticStep.Memory memory, double length) {
    Matrix x = iterates.x();
    for (Problem part : parts) {
      Optional<Matrix> next = rule.rule().next(points -> iterates.on(part, points), x, memory);
      if (next.isEmpty()) {
        return next;
      }
      x = length == 1 ? next.get() : x.plus(length, next.get().minus(x));
    }
    return Optional.of(x);
  }
}
