package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;

/** How a descent ended by itself, and, joined with what it rests on, how the optimisation did. */
record OuterEnding(Outcome outcome, String reason) {
  static Optional<OuterEnding> of(Outcome outcome, String reason, Object... parts) {
    return Optional.of(new OuterEnding(outcome, String.format(Locale.ROOT, reason, parts)));
  }

  /** Where no step lowers the value; {@code refused} is how the last trial's inner solve ended. */
  static OuterEnding stalled(Outcome refused) {
    return new OuterEnding(
        Outcome.STALLED,
        refused.isConverged()
            ? "no step along the hypergradient lowers the outer value: a kink or rounding is in the"
                + " way"
            : "the last step was refused since its inner solve ended with " + refused.label());
  }

  /** The outcome of a point's solves first, for without them the descent's says nothing. */
  OuterEnding restingOn(OuterPoint point, Certificate certificate) {
    List<String> reasons = new ArrayList<>();
    Outcome inner = point.inner().outcome();
    Outcome adjoint = point.hypergradient().adjoint().outcome();
    add(reasons, "the inner solve", inner);
    add(reasons, "the adjoint solve", adjoint);
    Outcome joined = inner.and(adjoint).and(outcome);
    if (joined.isConverged() && !certificate.isTrusted()) {
      joined = Outcome.NOT_TRUSTED;
      reasons.add("the hypergradient is not trusted: " + certificate.reason().orElseThrow());
    }
    reasons.add(reason);
    if (joined == Outcome.STALLED) {
      certificate.standing().ifPresent(kink -> reasons.add("the solution is on " + kink));
    }
    return new OuterEnding(joined, String.join("; ", reasons));
  }

  private static void add(List<String> reasons, String solve, Outcome ended) {
    if (!ended.isConverged()) {
      reasons.add(solve + " ended with " + ended.label() + " (" + ended.remedy() + ")");
    }
  }
}
