package org.tacit.solver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Stochastic gradients: an iteration is an epoch, one step on each batch of the rows in an order
 * drawn anew, and then F on all rows, by which alone it is judged. Returns the epoch's end of the
 * smallest objective; ends as STALLED when {@value #PATIENCE} epochs found none smaller. An epoch
 * that meets a point where f is not finite is taken back, and all steps from then on are halved.
 *
 * <p>The objective is a mean over the rows of one table, plus terms without rows. Batches are whole
 * blocks ({@link org.tacit.pass.Table#batches}); a table that cannot be divided is one batch. Each
 * step is one pass over its batch, and counts as one. The same seed gives the same steps. For few
 * digits: rules other than {@link StochasticStep.Svrg} end at the noise of their batches.
 *
 * @param rule how to step on a batch
 * @param batches how many there are at most
 * @param seed of batches and orders
 */
public record StochasticGradient(StochasticStep rule, int batches, long seed) implements Solver {
  private static final int PATIENCE = 200;
  private static final double SHORTEST = 0x1p-30;

  public StochasticGradient {
    if (batches < 1) {
      throw new IllegalArgumentException("Invalid batches: " + batches + " (must be >= 1)");
    }
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = Iterates.minimising(problem, start, stopping);
    Descent.requireObjective(name(), iterates);
    Outcome end = iterates.goesOn() ? run(problem, iterates) : Outcome.STALLED;
    if (!iterates.isConverged()) {
      iterates.backToBest();
    }
    return iterates.solution(name(), end);
  }

  private Outcome run(Problem problem, Iterates iterates) {
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
      Optional<Matrix> next = rule.next(points -> iterates.on(part, points), x, memory);
      if (next.isEmpty()) {
        return next;
      }
      x = length == 1 ? next.get() : x.plus(length, next.get().minus(x));
    }
    return Optional.of(x);
  }
}
