package org.tacit.sweep;

import java.util.Optional;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * How one fit ended: with a solution, whatever its outcome, or with what stopped it.
 *
 * @param failure the message of what ended it where there is no solution
 */
public record Fit(Optional<Solution> solution, Outcome outcome, Optional<String> failure) {
  static Fit of(Solution solution) {
    return new Fit(Optional.of(solution), solution.outcome(), Optional.empty());
  }

  static Fit failed(RuntimeException failure) {
    Outcome outcome = failure instanceof NotANumberException ? Outcome.NOT_FINITE : Outcome.STALLED;
    return new Fit(Optional.empty(), outcome, Optional.of(String.valueOf(failure.getMessage())));
  }

  /** The same without what it leaves for others. */
  Fit alone() {
    return new Fit(solution.map(found -> found.with(Nearby.NOTHING)), outcome, failure);
  }

  /** Whether it is a solution to the tolerance. */
  public boolean isConverged() {
    return outcome.isConverged();
  }

  /** x, in the condition's unknowns, where it converged. */
  public Optional<Matrix> x() {
    return isConverged() ? solution.map(Solution::value) : Optional.empty();
  }

  /** Why there is no solution, and what to do about it; empty where there is one. */
  public Optional<String> reason() {
    return isConverged()
        ? Optional.empty()
        : failure.or(() -> solution.map(s -> outcome.label() + " (" + s.advice() + ")"));
  }
}
