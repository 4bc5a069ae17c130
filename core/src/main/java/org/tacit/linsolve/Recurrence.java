package org.tacit.linsolve;

/**
 * The recurrence of a Krylov method for A d = r, from d = 0. What all methods share, such as units,
 * starts, checks of the true residual and restarts, is in {@link RightSide}.
 */
interface Recurrence {
  /** How far a recurrence has come. */
  enum State {
    GOES_ON,
    /** The residual is within the target, as far as the recurrence knows. */
    AT_TARGET,
    /** It is time to begin anew from the true residual. */
    CYCLE_ENDED,
    /** No further step can be made. */
    BREAKDOWN,
    /** A'(r - A d) is zero to working precision: d is a least-squares solution. */
    LEAST_SQUARES,
    WRONG_STRUCTURE,
    NOT_FINITE
  }

  /** Begins recurrences. */
  interface Method {
    /** The recurrence for a residual r that is to become as short as {@code target}. */
    Recurrence from(double[] r, double target);
  }

  /** Whether the transpose is to be multiplied by {@link #wanted}. */
  default boolean wantsTransposed() {
    return false;
  }

  double[] wanted();

  /** An estimate of |A| from below; zero without one. */
  default double largestValue() {
    return 0;
  }

  /**
   * Takes the residual as it truly is for its own, d being zero from there on; false where it
   * cannot, and must begin anew.
   */
  default boolean replaces(double[] trueResidual) {
    return false;
  }

  State advance(double[] product);

  /** d so far. */
  double[] correction();

  /**
   * An estimate from above of the smallest absolute eigenvalue (singular value) of A; infinite
   * without one.
   */
  default double smallestValue() {
    return Double.POSITIVE_INFINITY;
  }
}
