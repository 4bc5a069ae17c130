package org.tacit.linsolve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;

/**
 * An approximate solution that cannot be mistaken for an exact one.
 *
 * @param value the best point found
 * @param outcome how the solve ended
 * @param method the method's name
 * @param iterations iterations taken; of several right-hand sides at once, those of the slowest
 * @param residualNorm the Euclidean norm of the residual, recomputed from its definition at the
 *     end; of several right-hand sides the largest
 * @param relativeResidual residualNorm relative to what the tolerance is relative to
 * @param smallestEigenvalue an estimate of the smallest absolute eigenvalue (of a general matrix,
 *     the smallest singular value) of the operator, where the method gives one
 * @param passes evaluations and products it took; of a linear solve its iterations
 * @param history the residual's norm after each iteration; of a linear solve none
 * @param nearby what it leaves for systems and problems near its own
 * @param reason what is known of its end beyond the outcome, with what to do about it
 */
public record Solution(
    Matrix value,
    Outcome outcome,
    String method,
    int iterations,
    double residualNorm,
    double relativeResidual,
    OptionalDouble smallestEigenvalue,
    int passes,
    List<Double> history,
    Nearby nearby,
    Optional<String> reason) {

  public Solution {
    history = List.copyOf(history);
  }

  /** The same with what it leaves for its neighbours. */
  public Solution with(Nearby left) {
    return with(iterations, passes, history, left, reason);
  }

  /** The same with what it took, stages before it and all. */
  public Solution costing(int allIterations, int allPasses, List<Double> wholeHistory) {
    return with(allIterations, allPasses, wholeHistory, nearby, reason);
  }

  /** The same with what is known of its end beyond the outcome. */
  public Solution because(String why) {
    return with(iterations, passes, history, nearby, Optional.of(why));
  }

  private Solution with(
      int iterations, int passes, List<Double> history, Nearby nearby, Optional<String> reason) {
    return new Solution(
        value,
        outcome,
        method,
        iterations,
        residualNorm,
        relativeResidual,
        smallestEigenvalue,
        passes,
        history,
        nearby,
        reason);
  }

  /** A solution whose iterations are its passes, without history. */
  public Solution(
      Matrix value,
      Outcome outcome,
      String method,
      int iterations,
      double residualNorm,
      double relativeResidual,
      OptionalDouble smallestEigenvalue) {
    this(
        value,
        outcome,
        method,
        iterations,
        residualNorm,
        relativeResidual,
        smallestEigenvalue,
        iterations,
        List.of(),
        Nearby.NOTHING,
        Optional.empty());
  }

  /** Why it did not converge, as far as that is known, and what a user can do about it. */
  public String advice() {
    return reason.orElseGet(outcome::remedy);
  }

  /** The value, or an exception that says why there is none to be trusted. */
  public Matrix orThrow() {
    if (!outcome.isConverged()) {
      throw new IllegalStateException(
          "%s did not converge: %s after %s iterations, relative residual %s (%s)"
              .formatted(method, outcome.label(), iterations, relativeResidual, advice()));
    }
    return value;
  }
}
