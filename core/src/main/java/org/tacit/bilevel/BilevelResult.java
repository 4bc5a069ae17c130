package org.tacit.bilevel;

import java.util.List;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * What an outer optimisation found: the best theta, its inner solution and hypergradient at the
 * final tolerance, and the way there.
 */
public record BilevelResult(
    Matrix theta,
    Solution inner,
    Hypergradient hypergradient,
    Certificate certificate,
    Outcome outcome,
    List<OuterIteration> history) {
  public BilevelResult {
    history = List.copyOf(history);
  }
}
