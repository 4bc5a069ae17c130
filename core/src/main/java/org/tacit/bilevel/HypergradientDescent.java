package org.tacit.bilevel;

import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;

/**
 * Projected hypergradient descent with adaptive steps and inexact inner solves.
 *
 * <p>A step goes from theta to clip(theta - s g). It is accepted when L falls by 1e-4 &lt;g,
 * step&gt;, up to what the inner tolerance leaves open; then s becomes the Barzilai-Borwein length
 * &lt;dtheta, dtheta&gt; / &lt;dtheta, dg&gt;, kept within a factor ten of the last. It is refused
 * otherwise, and where the inner solve, L or its derivative is not finite; s is quartered and the
 * solves are made more exact. The tolerance of the inner and adjoint solves follows the norm of the
 * projected gradient down, to no less than the first inner solve could reach. Solution and adjoint
 * are started at the last ones, and their systems are preconditioned by the last Hessian's factors
 * ({@link org.tacit.linsolve.Nearby}).
 *
 * <p>Before it ends, the point is solved to the final tolerance, and the descent goes on where that
 * tells otherwise. What is returned is the best point that was accepted, with the outcome of
 * everything it rests on. Source: Pedregosa, Hyperparameter optimization with approximate gradient,
 * ICML 2016 (HOAG); Birgin, Martinez, Raydan, SIAM J. Optim. 10 (2000).
 */
public final class HypergradientDescent {
  private final BilevelProblem problem;
  private final DoubleFunction<LinearSolver> linearSolver;
  private final Bounds bounds;
  private final OuterStopping stopping;

  /**
   * The method for a problem; {@code linearSolver} gives the adjoint's solver for a relative
   * tolerance.
   */
  public HypergradientDescent(
      BilevelProblem problem,
      DoubleFunction<LinearSolver> linearSolver,
      Bounds bounds,
      OuterStopping stopping) {
    this.problem = problem;
    this.linearSolver = linearSolver;
    this.bounds = bounds;
    this.stopping = stopping;
  }

  /**
   * Minimises L from {@code start}, which the bounds hold, telling {@code listener} of every
   * accepted step, the start included. Throws where the start itself cannot be solved or
   * differentiated; after that, whatever happens ends with a result.
   */
  public BilevelResult minimise(Passes passes, Matrix start, Consumer<OuterIteration> listener) {
    bounds.requireInside(start);
    long before = passes.ledger().total();
    OuterSolves solves = new OuterSolves(problem, linearSolver, passes);
    OuterRecord record = new OuterRecord(listener, () -> passes.ledger().total() - before);
    try (DescentRun run = DescentRun.from(start, problem, solves, bounds, stopping, record)) {
      return run.minimise();
    }
  }
}
