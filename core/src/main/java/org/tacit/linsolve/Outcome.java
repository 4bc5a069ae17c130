package org.tacit.linsolve;

/** How a solve ended. */
public enum Outcome {
  /** The residual is within the tolerance. */
  CONVERGED("converged", "nothing"),
  /** The iterations ran out first. */
  BUDGET_EXHAUSTED(
      "budget exhausted", "allow more iterations, passes or time, or loosen the tolerance"),
  /** No step makes progress at this precision. */
  STALLED("stalled", "loosen the tolerance, or improve the conditioning with a larger penalty"),
  /** The system has no unique solution; the value is a least-squares one. */
  SINGULAR("singular", "add a penalty, make it larger, or remove redundant columns"),
  /** The operator does not keep the structure it promised. */
  WRONG_STRUCTURE("wrong structure", "promise a weaker structure, or choose another method"),
  /** A value was infinite or not a number. */
  NOT_FINITE("not finite", "scale the data, or start nearer to the solution"),
  /**
   * No point meets the constraints. Solvers that prove it return the multipliers of a combination
   * of constraints that nothing meets (Farkas), and zeros in the place of the unknowns.
   */
  INFEASIBLE("infeasible", "drop or loosen a constraint that has a multiplier in the value"),
  /**
   * The objective falls, or the iterates grow, without bound. Solvers that prove it return the
   * direction, and zeros in the place of multipliers.
   */
  UNBOUNDED("unbounded", "add a penalty or constraints, or check the objective's sign"),
  /**
   * All solves converged, but a certificate does not trust what was derived from them; or the
   * residual is within its tolerance where the next step is still long.
   */
  NOT_TRUSTED("not trusted", "see the certificate's reason"),
  /** A rule of the caller's ended it before its own, and chose what is returned. */
  STOPPED_EARLY("stopped early", "nothing, or more patience"),
  /** The caller told the solve to stop. */
  CANCELLED("cancelled", "solve again from the returned point");

  private final String label;
  private final String remedy;

  Outcome(String label, String remedy) {
    this.label = label;
    this.remedy = remedy;
  }

  /** The outcome as results print it. */
  public String label() {
    return label;
  }

  /** What a user can do about it. */
  public String remedy() {
    return remedy;
  }

  public boolean isConverged() {
    return this == CONVERGED;
  }

  /** Whether it ended by a rule that the caller asked for: its own, or one that stops it early. */
  public boolean isAsAsked() {
    return this == CONVERGED || this == STOPPED_EARLY;
  }

  /** The worse of two outcomes: the first that failed, then one that was stopped early. */
  public Outcome and(Outcome other) {
    boolean isWorse = isAsAsked() && !other.isConverged();
    return isConverged() || isWorse ? other : this;
  }
}
