package org.tacit.solver;

/**
 * The passes and the time of one solve: asked before each pass, it counts those that begin. What is
 * closed once stays so.
 */
final class Budget {
  private final Stopping.Watch watch;
  private final long startNanos = System.nanoTime();
  private int passes;
  private boolean isLate;
  private boolean isCancelled;

  Budget(Stopping.Watch watch) {
    this.watch = watch;
  }

  int passes() {
    return passes;
  }

  boolean isCancelled() {
    return isCancelled;
  }

  /** Whether passes or time have run out. */
  boolean isSpent() {
    return isLate || passes >= watch.maxPasses();
  }

  /** Whether another pass may begin. */
  boolean isOpen() {
    isLate = isLate || System.nanoTime() - startNanos >= nanos();
    isCancelled = isCancelled || watch.cancellation().getAsBoolean();
    return !isCancelled && !isSpent();
  }

  private long nanos() {
    long seconds = watch.timeBudget().toSeconds();
    return seconds > Integer.MAX_VALUE ? Long.MAX_VALUE : watch.timeBudget().toNanos();
  }

  /** Whether another pass begins, which then counts. */
  boolean begins() {
    boolean isOpen = isOpen();
    passes += isOpen ? 1 : 0;
    return isOpen;
  }

  /** Counts one that begins in any case. */
  void count() {
    passes++;
  }
}
