package org.tacit.bilevel;

import java.util.Optional;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;

/** When a descent ends, and with which result. */
record DescentEnd(OuterStopping stopping, OuterFunction function) {
  /** Whether the descent is over at this state. */
  Optional<OuterEnding> reached(OuterState state) {
    OuterTrail trail = state.trail();
    OuterPoint here = state.here();
    double norm = function.bounds().projectedNorm(here.theta(), here.gradient());
    if (here.isFlat() && trail.length() == 0) {
      return OuterEnding.of(
          Outcome.STALLED,
          "the hypergradient is exactly zero at the start: the outer value does not depend on"
              + " theta there (start at another theta, such as smaller penalties)");
    }
    if (here.isFlat()) {
      return OuterEnding.of(
          Outcome.CONVERGED, "the outer value does not depend on theta any more where it is");
    }
    if (norm <= stopping.tolerance() * trail.firstNorm()) {
      return OuterEnding.of(
          Outcome.CONVERGED,
          "the projected hypergradient fell to %.1e of its first norm",
          trail.firstNorm() == 0 ? 0 : norm / trail.firstNorm());
    }
    if (trail.flat() >= OuterStopping.PATIENCE) {
      return OuterEnding.of(
          Outcome.CONVERGED,
          "%s steps in a row gained less than %s of the value",
          trail.flat(),
          stopping.tolerance());
    }
    return trail.length() < stopping.maxIterations()
        ? Optional.empty()
        : OuterEnding.of(
            Outcome.BUDGET_EXHAUSTED,
            "all %s steps were taken (allow more)",
            stopping.maxIterations());
  }

  /**
   * The state with its result, at the best point where the slack of acceptance has led up from it.
   *
   * @param open the state's point, where it is open
   */
  OuterState at(OuterState state, OuterEnding ending, Optional<OuterTrial> open) {
    OuterPoint here = state.here();
    OuterPoint best = state.trail().best();
    double finest = stopping.finalInnerTolerance();
    if (best.value() < here.value() - finest * Math.abs(here.value())) {
      WarmStart warm = state.warm().from(best.x());
      try (OuterTrial there = function.bestOf(best.theta(), finest, warm)) {
        Optional<OuterPoint> lower =
            there.differentiated().filter(point -> point.value() < here.value());
        if (lower.isPresent()) {
          OuterState back = state.movedTo(lower.get(), there.left());
          return ended(back, ending, there.certificate(lower.get()));
        }
      }
    }
    Certificate certificate =
        open.map(trial -> trial.certificate(here))
            .orElseGet(() -> function.certificate(here, finest));
    return ended(state, ending, certificate);
  }

  private OuterState ended(OuterState state, OuterEnding ending, Certificate found) {
    OuterPoint here = state.here();
    OuterTrail trail = state.trail();
    Certificate certificate = found.heldAgainst(stopping.tolerance() * trail.firstNorm());
    OuterEnding joined = ending.restingOn(here, certificate);
    return state.ended(
        new BilevelResult(
            here.theta(),
            trail.start(),
            here.inner(),
            here.hypergradient(),
            certificate,
            joined.outcome(),
            joined.reason(),
            trail.remarks(),
            trail.steps()));
  }
}
