package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;

/** When a descent ends, and with which result. */
record DescentEnd(OuterStopping stopping, OuterFunction function) {
  /** Whether the descent is over at this state. */
  Optional<Ending> reached(OuterState state) {
    OuterTrail trail = state.trail();
    OuterState.Point here = state.here();
    double norm = function.bounds().projectedNorm(here.theta(), here.gradient(), trail.unit());
    if (here.isFlat() && trail.length() == 0) {
      return Ending.of(
          Outcome.STALLED,
          "the hypergradient is exactly zero at the start: the outer value does not depend on"
              + " theta there (start at another theta, such as smaller penalties)");
    }
    if (here.isFlat()) {
      return Ending.of(
          Outcome.CONVERGED, "the outer value does not depend on theta any more where it is");
    }
    if (norm <= stopping.tolerance() * trail.firstNorm()) {
      return Ending.of(
          Outcome.CONVERGED,
          "the projected hypergradient fell to %.1e of its first norm",
          trail.firstNorm() == 0 ? 0 : norm / trail.firstNorm());
    }
    if (trail.flat() >= OuterStopping.PATIENCE) {
      return Ending.of(
          Outcome.CONVERGED,
          "%s steps in a row gained less than %s of the value",
          trail.flat(),
          stopping.tolerance());
    }
    return trail.length() < stopping.maxIterations()
        ? Optional.empty()
        : Ending.of(
            Outcome.BUDGET_EXHAUSTED,
            "all %s steps were taken (allow more)",
            stopping.maxIterations());
  }

  /**
   * The state with its result, at the best point where the slack of acceptance has led up from it.
   *
   * @param open the state's point, where it is open
   */
  OuterState at(OuterState state, Ending ending, Optional<OuterFunction.Trial> open) {
    OuterState.Point here = state.here();
    OuterState.Point best = state.trail().best();
    double finest = stopping.finalInnerTolerance();
    if (best.value() < here.value() - finest * Math.abs(here.value())) {
      WarmStart warm = state.warm().from(best.x());
      try (OuterFunction.Trial there = function.bestOf(best.theta(), finest, warm)) {
        Optional<OuterState.Point> lower =
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

  /** The state with its result at its point. */
  OuterState ended(OuterState state, Ending ending, Certificate found) {
    OuterState.Point here = state.here();
    OuterTrail trail = state.trail();
    Certificate certificate = found.heldAgainst(stopping.tolerance() * trail.firstNorm());
    Ending joined = ending.restingOn(here, certificate);
    OuterState ended = state.with(trail.endedBy(ending));
    return ended.ended(
        new BilevelResult(
            here.theta(),
            trail.start(),
            here.inner(),
            here.hypergradient(),
            certificate,
            joined.outcome(),
            joined.reason(),
            trail.remarks(),
            trail.steps(),
            state.judged()));
  }

  /** How a descent ended by itself, and, joined with what it rests on, how the optimisation did. */
  record Ending(Outcome outcome, String reason) {
    static Optional<Ending> of(Outcome outcome, String reason, Object... parts) {
      return Optional.of(new Ending(outcome, String.format(Locale.ROOT, reason, parts)));
    }

    /**
     * Where no step lowers the value; {@code refused} is how the last trial's inner solve ended.
     */
    static Ending stalled(Outcome refused) {
      return new Ending(
          Outcome.STALLED,
          refused.isConverged()
              ? "no step along the hypergradient lowers the outer value: a kink or rounding is in"
                  + " the way"
              : "the last step was refused since its inner solve ended with " + refused.label());
    }

    /** The outcome of a point's solves first, for without them the descent's says nothing. */
    Ending restingOn(OuterState.Point point, Certificate certificate) {
      List<String> reasons = new ArrayList<>();
      Outcome inner = point.inner().outcome();
      Outcome adjoint = point.hypergradient().adjoint().outcome();
      add(reasons, "the inner solve", inner);
      add(reasons, "the adjoint solve", adjoint);
      Outcome joined = inner.and(adjoint).and(outcome);
      if (joined.isAsAsked() && !certificate.isTrusted()) {
        joined = Outcome.NOT_TRUSTED;
        reasons.add("the hypergradient is not trusted: " + certificate.reason().orElseThrow());
      }
      reasons.add(reason);
      if (joined == Outcome.STALLED) {
        certificate.standing().ifPresent(kink -> reasons.add("the solution is on " + kink));
      }
      return new Ending(joined, String.join("; ", reasons));
    }

    private static void add(List<String> reasons, String solve, Outcome ended) {
      if (!ended.isConverged()) {
        reasons.add(solve + " ended with " + ended.label() + " (" + ended.remedy() + ")");
      }
    }
  }
}
