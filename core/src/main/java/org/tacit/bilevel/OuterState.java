package org.tacit.bilevel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * Where an outer optimisation stands: all that it needs to go on, so that one that is stopped and
 * resumed from its last state gives the same numbers, to the last bit, as one that is not.
 * Immutable, and holds nothing open.
 *
 * @param here the accepted point: theta, x, the outer value, its gradient, the adjoint
 * @param warm where the next solves start
 * @param accuracy of the next solves
 * @param memory what the optimiser remembers besides, by name
 * @param trail the way so far
 * @param judged what its steps have on rows that stop them early, where there are such
 * @param result what was found, once the optimisation has ended
 */
public record OuterState(
    Point here,
    WarmStart warm,
    Accuracy accuracy,
    Map<String, Matrix> memory,
    OuterTrail trail,
    Optional<EarlyStopping.Losses> judged,
    Optional<BilevelResult> result) {
  /** At a point that was reached with such a warm start left. */
  static OuterState at(Point here, WarmStart left, Accuracy accuracy, OuterTrail trail) {
    return new OuterState(
        here, warm(here, left), accuracy, Map.of(), trail, Optional.empty(), Optional.empty());
  }

  private static WarmStart warm(Point here, WarmStart left) {
    return new WarmStart(
        here.x(), here.hypergradient().adjoint().value(), left.nearby(), left.scale());
  }

  /** Accepted steps, the start included. */
  public List<Iteration> history() {
    return trail.steps();
  }

  OuterState with(Map<String, Matrix> other) {
    return new OuterState(here, warm, accuracy, other, trail, judged, result);
  }

  OuterState with(Accuracy other) {
    return new OuterState(here, warm, other, memory, trail, judged, result);
  }

  OuterState with(OuterTrail other) {
    return new OuterState(here, warm, accuracy, memory, other, judged, result);
  }

  OuterState with(EarlyStopping.Losses other) {
    return new OuterState(here, warm, accuracy, memory, trail, Optional.of(other), result);
  }

  /** The same point after solves elsewhere. */
  OuterState leaving(WarmStart left) {
    return new OuterState(here, warm(here, left), accuracy, memory, trail, judged, result);
  }

  /** Another point. */
  OuterState movedTo(Point point, WarmStart left) {
    return new OuterState(point, warm(point, left), accuracy, memory, trail, judged, result);
  }

  OuterState ended(BilevelResult found) {
    return new OuterState(here, warm, accuracy, memory, trail, judged, Optional.of(found));
  }

  /**
   * A theta with its inner solution and hypergradient, each with its outcome.
   *
   * @param theta parameters x 1
   * @param inner the inner solve
   * @param hypergradient the outer value and its total derivative
   */
  public record Point(Matrix theta, Solution inner, Hypergradient hypergradient) {
    /** L(x, theta). */
    public double value() {
      return hypergradient.outerValue();
    }

    /** dL/dtheta, parameters x 1. */
    public Matrix gradient() {
      return hypergradient.gradient();
    }

    /** The inner solution. */
    public Matrix x() {
      return inner.value();
    }

    /** The same as a rule sees it that steps in some of theta. */
    Point seen(Matrix gradient) {
      Hypergradient h = hypergradient;
      return new Point(
          theta, inner, new Hypergradient(h.outerValue(), gradient, h.adjoint(), h.inner()));
    }

    /** Whether the outer value does not depend on theta here. */
    boolean isFlat() {
      return gradient().maxAbs() == 0;
    }
  }

  /**
   * Where an outer optimisation stands after an accepted step.
   *
   * @param projectedGradientNorm |theta - clip(theta - g)|, zero at a solution
   * @param step the largest change of a theta in the step that led here, 0 at the start
   * @param innerTolerance the relative tolerance of this step's inner and linear solves
   * @param passes passes since the optimisation began
   */
  public record Iteration(
      int iteration,
      Matrix theta,
      double outerValue,
      double projectedGradientNorm,
      double step,
      double innerTolerance,
      long passes) {}
}
