package org.tacit.solver;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * When an inner solve is good enough, and when it has had enough: it has converged when the norm of
 * the residual F is at most relativeTolerance times its norm at the start plus absoluteTolerance.
 * One meaning for all methods, whatever they minimise on their way. A residual that is no more than
 * its own {@link Rounding} is good enough for every tolerance but zero.
 *
 * <p>A solve that reaches a limit ends as BUDGET_EXHAUSTED, one that is told to stop as CANCELLED;
 * both with the best point so far.
 */
public record Stopping(
    double relativeTolerance, double absoluteTolerance, int maxIterations, Watch watch) {
  public Stopping {
    if (!(relativeTolerance >= 0)) {
      throw new IllegalArgumentException(
          "Invalid relative tolerance: " + relativeTolerance + " (must be >= 0)");
    }
    if (!(absoluteTolerance >= 0)) {
      throw new IllegalArgumentException(
          "Invalid absolute tolerance: " + absoluteTolerance + " (must be >= 0)");
    }
    if (maxIterations < 1) {
      throw new IllegalArgumentException(
          "Invalid max iterations: " + maxIterations + " (must be >= 1)");
    }
  }

  /** Without other limits. */
  public Stopping(double relativeTolerance, double absoluteTolerance, int maxIterations) {
    this(relativeTolerance, absoluteTolerance, maxIterations, Watch.NONE);
  }

  public static Stopping relative(double tolerance, int maxIterations) {
    return new Stopping(tolerance, 0, maxIterations);
  }

  /** The same limits for other tolerances. */
  public Stopping withTolerances(double relative, double absolute) {
    return new Stopping(relative, absolute, maxIterations, watch);
  }

  /** The same in at most so many iterations. */
  public Stopping withMaxIterations(int other) {
    return new Stopping(relativeTolerance, absoluteTolerance, other, watch);
  }

  /** At most so many evaluations of the problem and products with its Jacobian. */
  public Stopping withMaxPasses(int maxPasses) {
    return with(new Watch(maxPasses, watch.timeBudget(), watch.listener(), watch.cancellation()));
  }

  /** No new pass after this time. */
  public Stopping withTimeBudget(Duration timeBudget) {
    return with(new Watch(watch.maxPasses(), timeBudget, watch.listener(), watch.cancellation()));
  }

  /** Told of each iteration, after those that listen already. */
  public Stopping withListener(Consumer<Solver.Iteration> listener) {
    return with(
        new Watch(
            watch.maxPasses(),
            watch.timeBudget(),
            watch.listener().andThen(listener),
            watch.cancellation()));
  }

  /** No new pass once this, or what could cancel it before, says true. */
  public Stopping withCancellation(BooleanSupplier cancellation) {
    BooleanSupplier before = watch.cancellation();
    return with(
        new Watch(
            watch.maxPasses(),
            watch.timeBudget(),
            watch.listener(),
            () -> before.getAsBoolean() || cancellation.getAsBoolean()));
  }

  private Stopping with(Watch other) {
    return new Stopping(relativeTolerance, absoluteTolerance, maxIterations, other);
  }

  /**
   * A point x from anywhere as a solution, judged against {@code start}: it has converged where
   * |F(x)| is at most the relative tolerance times |F(start)|, or where that is more, times the
   * change of F along x; plus the absolute tolerance. Three evaluations at most.
   */
  public Solution judged(Problem problem, Matrix x, Matrix start) {
    return GivenPoint.of(problem, x, start, this);
  }

  /** Whether a residual other than zero is ever good enough. */
  boolean isAnyAccepted() {
    return relativeTolerance > 0 || absoluteTolerance > 0;
  }

  /** The bound on the residual's norm when its norm at the start is {@code reference}. */
  public double bound(double reference) {
    return relativeTolerance * reference + absoluteTolerance;
  }

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
      Consumer<Solver.Iteration> listener,
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
}
