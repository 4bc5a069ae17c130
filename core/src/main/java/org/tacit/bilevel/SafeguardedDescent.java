package org.tacit.bilevel;

import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;

/**
 * Descent with inexact inner solves, whose steps a rule proposes.
 *
 * <p>A proposed theta is accepted when L falls by 1e-4 of what the rule predicts, up to what the
 * inner tolerance leaves open. It is refused otherwise, and where the inner solve, L or its
 * derivative is not finite: the rule proposes a nearer one, and the solves are made more exact. The
 * tolerance of the inner and adjoint solves follows the norm of the projected hypergradient down,
 * to no less than the first inner solve could reach. Solution and adjoint are started at the last
 * ones, and their systems are preconditioned by the last Hessian's factors ({@link
 * org.tacit.linsolve.Nearby}).
 *
 * <p>Before it ends, the point is solved to the final tolerance, and the descent goes on where that
 * tells otherwise. What is returned is the best point that was accepted, with the outcome of
 * everything it rests on. Source: Pedregosa, Hyperparameter optimization with approximate gradient,
 * ICML 2016 (HOAG).
 */
record SafeguardedDescent(StepRule rule, OuterStopping stopping) implements OuterOptimiser {
  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public OuterState init(OuterFunction function, Matrix theta) {
    function.bounds().requireInside(theta);
    DescentStep step = new DescentStep(this, function.atStep(0), 0);
    return step.counted(step.first(theta));
  }

  @Override
  public OuterState next(OuterFunction function, OuterState state) {
    if (isDone(state)) {
      return state;
    }
    requireFitting(function, state);
    OuterTrail trail = state.trail();
    DescentStep step = new DescentStep(this, function.atStep(trail.length() + 1), trail.passes());
    return step.counted(step.after(state));
  }

  /** Refuses a state of a problem of other sizes, of another box, or of another optimiser. */
  private void requireFitting(OuterFunction function, OuterState state) {
    Condition condition = function.problem().inner().condition();
    Matrix theta = state.here().theta();
    int parameters = condition.theta().shape().rows().size();
    int unknowns = state.here().x().rows();
    if (theta.rows() != parameters || unknowns != condition.unknowns()) {
      throw new IllegalArgumentException(
          "Invalid state: of %s thetas and %s unknowns (must be of the problem's %s and %s: go on from a state of this problem, or start anew)"
              .formatted(theta.rows(), unknowns, parameters, condition.unknowns()));
    }
    function.bounds().requireInside(theta);
    if (!state.memory().keySet().containsAll(rule.remembers())) {
      throw new IllegalArgumentException(
          "Invalid state: of another optimiser than %s (must have what that remembers: go on by the one that made it, or start anew at its theta)"
              .formatted(name()));
    }
  }
}
