package org.tacit.bilevel;

import java.util.Optional;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;

/**
 * What solving at a theta gave: how the inner solve ended, and the point where it can be used.
 *
 * @param outcome of the inner solve; NOT_FINITE also where the outer value is not finite
 */
record OuterTrial(Outcome outcome, Optional<Solved> solved) {
  static OuterTrial refused(Outcome outcome) {
    return new OuterTrial(outcome, Optional.empty());
  }

  /** A point whose solution is still open, so that its hypergradient can be taken if wanted. */
  record Solved(Matrix theta, ImplicitSolution solution, BilevelProblem.OuterValue outer) {}
}
