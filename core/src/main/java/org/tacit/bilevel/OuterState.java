package org.tacit.bilevel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    OuterPoint here,
    WarmStart warm,
    Accuracy accuracy,
    Map<String, Matrix> memory,
    OuterTrail trail,
    Optional<StoppingLosses> judged,
    Optional<BilevelResult> result) {
  /** At a point that was reached with such a warm start left. */
  static OuterState at(OuterPoint here, WarmStart left, Accuracy accuracy, OuterTrail trail) {
    return new OuterState(
        here, warm(here, left), accuracy, Map.of(), trail, Optional.empty(), Optional.empty());
  }

  private static WarmStart warm(OuterPoint here, WarmStart left) {
    return new WarmStart(
        here.x(), here.hypergradient().adjoint().value(), left.nearby(), left.scale());
  }

  /** Accepted steps, the start included. */
  public List<OuterIteration> history() {
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

  OuterState with(StoppingLosses other) {
    return new OuterState(here, warm, accuracy, memory, trail, Optional.of(other), result);
  }

  /** The same point after solves elsewhere. */
  OuterState leaving(WarmStart left) {
    return new OuterState(here, warm(here, left), accuracy, memory, trail, judged, result);
  }

  /** Another point. */
  OuterState movedTo(OuterPoint point, WarmStart left) {
    return new OuterState(point, warm(point, left), accuracy, memory, trail, judged, result);
  }

  OuterState ended(BilevelResult found) {
    return new OuterState(here, warm, accuracy, memory, trail, judged, Optional.of(found));
  }
}
