package org.tacit.solver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * One solve by several methods from the same start, one after the other: passes and time are what
 * those before left, and the solution's passes, iterations and history are those of all.
 */
final class MethodsInTurn {
  private final Problem problem;
  private final Matrix start;
  private final Stopping stopping;
  private final long startNanos = System.nanoTime();
  private final List<Double> history = new ArrayList<>();
  private int iterations;
  private int passes;

  MethodsInTurn(Problem problem, Matrix start, Stopping stopping) {
    this.problem = problem;
    this.start = start;
    this.stopping = stopping;
  }

  /** Whether another method may begin. */
  boolean isOpen() {
    return passes < stopping.watch().maxPasses()
        && !left().isNegative()
        && !left().isZero()
        && !stopping.watch().cancellation().getAsBoolean();
  }

  /** Whether iterations and two passes are left, too: one is taken before the other begins. */
  boolean hasBudget() {
    boolean hasPasses = passes <= stopping.watch().maxPasses() - 2;
    return iterations < stopping.maxIterations() && hasPasses && isOpen();
  }

  Solution solve(Solver solver) {
    return solve(solver, stopping.maxIterations());
  }

  /**
   * With so many iterations of the method's own; asked where {@link #isOpen}, but for the first.
   */
  Solution solve(Solver solver, int maxIterations) {
    Stopping limited =
        new Stopping(
            stopping.relativeTolerance(), stopping.absoluteTolerance(), maxIterations, rest());
    return taken(solver.solve(problem, start, limited));
  }

  /** On from another point with another F, relative to what that is at the start: a pass more. */
  Solution solve(Solver solver, Problem other, Matrix from) {
    double bound = stopping.bound(other.evaluate(start).residual().norm());
    passes++;
    return solve(solver, other, from, stopping.withTolerances(0, bound));
  }

  /** The same to the tolerances of these. */
  Solution solve(Solver solver, Problem other, Matrix from, Stopping tolerances) {
    int left = Math.max(1, stopping.maxIterations() - iterations);
    return taken(
        solver.solve(
            other,
            from,
            new Stopping(
                tolerances.relativeTolerance(), tolerances.absoluteTolerance(), left, rest())));
  }

  private Stopping.Watch rest() {
    Stopping.Watch all = stopping.watch();
    int before = iterations;
    int passesBefore = passes;
    return new Stopping.Watch(
        Math.max(1, all.maxPasses() - passes),
        left().isNegative() || left().isZero() ? Duration.ofNanos(1) : left(),
        at ->
            all.listener()
                .accept(
                    new Solver.Iteration(
                        before + at.iteration(),
                        passesBefore + at.passes(),
                        at.x(),
                        at.residual(),
                        at.value())),
        all.cancellation());
  }

  private Solution taken(Solution solution) {
    iterations += solution.iterations();
    passes += solution.passes();
    history.addAll(solution.history());
    return whole(solution);
  }

  /** A stage's solution with what all cost. */
  Solution whole(Solution solution) {
    return solution.costing(iterations, passes, history);
  }

  private Duration left() {
    return stopping.watch().timeBudget().minusNanos(System.nanoTime() - startNanos);
  }
}
