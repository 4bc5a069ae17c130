package org.tacit.solver;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What may end a solve besides its tolerance and its iterations, and who is told of them.
 *
 * @param maxPasses the most evaluations and products; a solve takes one at least
 * @param timeBudget what a solve may take; the pass that is running is waited for
 * @param listener told of each iteration, on the solver's thread
 * @param cancellation asked before each evaluation and product; true ends the solve
 */
record Watch(
    int maxPasses,
    Duration timeBudget,
    Consumer<Iteration> listener,
    BooleanSupplier cancellation) {
  /** No limits, and nobody listens. */
  static final Watch NONE =
      new Watch(
          Integer.MAX_VALUE, Duration.ofSeconds(Integer.MAX_VALUE), iteration -> {}, () -> false);

  Watch {
    if (maxPasses < 1) {
      throw new IllegalArgumentException("Invalid max passes: " + maxPasses + " (must be >= 1)");
    }
    if (timeBudget.isNegative() || timeBudget.isZero()) {
      throw new IllegalArgumentException("Invalid time budget: " + timeBudget + " (must be > 0)");
    }
  }
}
