package org.tacit.bilevel;

import java.util.List;
import java.util.Optional;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * What an outer optimisation found: the best theta, its inner solution and hypergradient at the
 * final tolerance, and the way there.
 *
 * @param start the inner solution at the first theta, to the first tolerance
 * @param certificate of the hypergradient; its bound is held against the hypergradient's norm or
 *     against what the stopping rule asks of it, whichever is larger, since at a minimum the
 *     hypergradient is as small as its error
 * @param outcome that of everything the answer rests on: CONVERGED when the inner solve, the
 *     adjoint solve and the descent converged and the certificate trusts; STOPPED_EARLY when
 *     instead of the descent's end a step is returned that other rows chose
 * @param reason why it ended so, in words
 * @param remarks what else a reader must know, such as tolerances that were not reached
 * @param judged what the steps have on rows that stop them early, where there are such
 */
public record BilevelResult(
    Matrix theta,
    Matrix start,
    Solution inner,
    Hypergradient hypergradient,
    Certificate certificate,
    Outcome outcome,
    String reason,
    List<String> remarks,
    List<OuterState.Iteration> history,
    Optional<EarlyStopping.Losses> judged) {
  public BilevelResult {
    remarks = List.copyOf(remarks);
    history = List.copyOf(history);
  }

  /** The same with what its steps have on rows that stop them early, and a reason that says so. */
  BilevelResult with(EarlyStopping.Losses losses, String why) {
    return new BilevelResult(
        theta,
        start,
        inner,
        hypergradient,
        certificate,
        outcome,
        why,
        remarks,
        history,
        Optional.of(losses));
  }
}
