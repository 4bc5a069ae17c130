package org.tacit.bilevel;

import java.util.List;
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
 *     adjoint solve and the descent converged and the certificate trusts
 * @param reason why it ended so, in words
 * @param remarks what else a reader must know, such as tolerances that were not reached
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
    List<OuterIteration> history) {
  public BilevelResult {
    remarks = List.copyOf(remarks);
    history = List.copyOf(history);
  }
}
