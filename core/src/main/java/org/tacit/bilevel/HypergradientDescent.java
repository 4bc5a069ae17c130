package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.solver.Stopping;

/**
 * Projected hypergradient descent with adaptive steps and inexact inner solves.
 *
 * <p>A step goes from theta to clip(theta - s g). It is accepted when L falls by 1e-4 &lt;g,
 * step&gt;, up to what the inner tolerance leaves open; then s becomes the Barzilai-Borwein length
 * &lt;dtheta, dtheta&gt; / &lt;dtheta, dg&gt;, kept within a factor ten of the last. It is refused
 * otherwise, s is quartered and the solves are made more exact. The tolerance of the inner and
 * adjoint solves follows the norm of the projected gradient down. Solution and adjoint are started
 * at the last ones. Source: Pedregosa, Hyperparameter optimization with approximate gradient, ICML
 * 2016 (HOAG); Birgin, Martinez, Raydan, SIAM J. Optim. 10 (2000).
 */
public final class HypergradientDescent {
  private static final double FIRST_TOLERANCE = 1e-4;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double LONGEST_MOVE = 3;
  private static final double SHORTEST_MOVE = 1e-9;

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
   * Minimises L from {@code start}, telling {@code listener} of every accepted step, the start
   * included.
   */
  public BilevelResult minimise(Passes passes, Matrix start, Consumer<OuterIteration> listener) {
    try (Run run = new Run(passes, listener, bounds.clip(start))) {
      return run.minimise();
    }
  }

  /**
   * A point with its solution still open, so that its hypergradient can be taken if the point is
   * accepted.
   */
  private record Point(Matrix theta, ImplicitSolution solution, BilevelProblem.OuterValue outer) {}

  private final class Run implements AutoCloseable {
    private final Passes passes;
    private final Consumer<OuterIteration> listener;
    private final List<OuterIteration> history = new ArrayList<>();
    private final double reference;
    private double tolerance = Math.max(FIRST_TOLERANCE, stopping.finalInnerTolerance());
    private double step;
    private Point here;
    private Hypergradient gradient;
    private double firstNorm;

    Run(Passes passes, Consumer<OuterIteration> listener, Matrix start) {
      this.passes = passes;
      this.listener = listener;
      Matrix zeros = Matrix.zeros(problem.inner().condition().unknowns(), 1);
      this.reference = problem.inner().residualNorm(passes, start, zeros);
      this.here = solved(start, zeros);
      here.solution.inner().orThrow();
      this.gradient = problem.hypergradient(here.solution, here.outer, zeros);
      this.step = 1 / Math.max(Double.MIN_NORMAL, gradient.gradient().maxAbs());
      this.firstNorm = projectedNorm();
    }

    BilevelResult minimise() {
      report(0);
      int flat = 0;
      Outcome outcome = Outcome.BUDGET_EXHAUSTED;
      while (history.size() <= stopping.maxIterations()) {
        if (projectedNorm() <= stopping.tolerance() * firstNorm || flat >= OuterStopping.PATIENCE) {
          outcome = Outcome.CONVERGED;
          break;
        }
        double before = here.outer.value();
        Optional<Point> next = acceptedStep();
        if (next.isEmpty()) {
          outcome = Outcome.STALLED;
          break;
        }
        moveTo(next.get());
        double gain = before - here.outer.value();
        flat = gain <= stopping.tolerance() * Math.abs(before) ? flat + 1 : 0;
        report(history.size());
      }
      return finished(outcome);
    }

    /**
     * The first point along the projected gradient with sufficient decrease; empty when steps
     * become too short to matter.
     */
    private Optional<Point> acceptedStep() {
      Matrix g = gradient.gradient();
      while (step * g.maxAbs() > SHORTEST_MOVE) {
        step = Math.min(step, LONGEST_MOVE / g.maxAbs());
        Matrix target = bounds.clip(here.theta.plus(-step, g));
        Point trial = solved(target, here.solution.x());
        double slack = tolerance * Math.abs(here.outer.value());
        double needed =
            here.outer.value() - SUFFICIENT_DECREASE * g.dot(here.theta.minus(target)) + slack;
        if (trial.solution.inner().outcome().isConverged() && trial.outer.value() <= needed) {
          return Optional.of(trial);
        }
        trial.solution.close();
        step /= 4;
        tighten(tolerance / 10);
      }
      return Optional.empty();
    }

    private void moveTo(Point next) {
      Hypergradient nextGradient =
          problem.hypergradient(next.solution, next.outer, gradient.adjoint().value());
      Matrix moved = next.theta.minus(here.theta);
      double curvature = moved.dot(nextGradient.gradient().minus(gradient.gradient()));
      double length = curvature > 0 ? moved.dot(moved) / curvature : 10 * step;
      step = Math.max(step / 10, Math.min(10 * step, length));
      here.solution.close();
      here = next;
      gradient = nextGradient;
      tighten(FIRST_TOLERANCE * projectedNorm() / firstNorm);
    }

    private void tighten(double to) {
      tolerance = Math.max(stopping.finalInnerTolerance(), Math.min(tolerance, to));
    }

    private Point solved(Matrix theta, Matrix start) {
      Stopping until = problem.inner().stopping().withTolerances(0, tolerance * reference);
      var inner = problem.inner().with(linearSolver.apply(tolerance));
      ImplicitSolution solution = inner.solve(passes, theta, start, until);
      return new Point(theta, solution, problem.outerValue(passes, solution));
    }

    private double projectedNorm() {
      Matrix target = bounds.clip(here.theta.minus(gradient.gradient()));
      return here.theta.minus(target).norm();
    }

    private void report(int iteration) {
      OuterIteration now =
          new OuterIteration(
              iteration,
              here.theta,
              here.outer.value(),
              projectedNorm(),
              step,
              tolerance,
              passes.ledger().total());
      history.add(now);
      listener.accept(now);
    }

    private BilevelResult finished(Outcome outcome) {
      tolerance = stopping.finalInnerTolerance();
      Point last = solved(here.theta, here.solution.x());
      here.solution.close();
      here = last;
      gradient = problem.hypergradient(last.solution, last.outer, gradient.adjoint().value());
      var certificate = problem.certificate(last.solution, gradient);
      return new BilevelResult(
          last.theta, last.solution.inner(), gradient, certificate, outcome, history);
    }

    @Override
    public void close() {
      here.solution.close();
    }
  }
}
