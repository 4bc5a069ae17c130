package org.tacit.sweep;

import org.tacit.operator.Structure;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;

/** Which ways of solving suit the fits of a sweep, where no solver is asked for. */
record Suited(Fits fits) {
  /** How a path of so many candidates is solved. */
  Path.Way path(int candidates) {
    boolean isWorth = fits.method().solver().isEmpty() && isWorthHessians(candidates);
    if (isWorth && isConvex()) {
      return Path.Way.FACTORS;
    }
    return isWorth && isConvexComposite() ? Path.Way.MODELS : Path.Way.ORDINARY;
  }

  /**
   * Whether every fit is a linear system of a matrix that one pass gives for each fold, whatever
   * theta is, and these may all be held at once.
   */
  boolean isAffine() {
    Problem whole = fits.onAllRows();
    return fits.method().solver().isEmpty()
        && isConvex()
        && whole.isAffine()
        && whole.cost().isCheapWhole()
        && !whole.isHeld()
        && fits.mayHold(1 + fits.folds())
        && fits.models().stream().allMatch(FoldModel::isThetaApart);
  }

  /** Whether each fit solves models of f + g on the driver, which holds the rows for that. */
  boolean isHeldComposite() {
    return fits.method().solver().isEmpty() && isConvexComposite() && fits.onAllRows().isHeld();
  }

  private Condition condition() {
    return fits.model(FoldedRows.ALL).condition();
  }

  /** F is the gradient of a strongly convex objective: chord steps are by factors of Hessians. */
  private boolean isConvex() {
    return condition().structure() == Structure.POSITIVE_DEFINITE
        && condition().as(Condition.Gradient.class).isPresent();
  }

  /** Whether a fit may take Newton's steps with Hessians that are made whole. */
  boolean isByOwnHessian(Problem problem) {
    return isConvex() && problem.cost().isCheapWhole() && !problem.isHeld();
  }

  /** Chord steps are proximal ones. */
  boolean isConvexComposite() {
    return condition()
        .as(Composite.class)
        .filter(parts -> parts.curvature() == Structure.POSITIVE_DEFINITE)
        .isPresent();
  }

  private boolean isWorthHessians(int candidates) {
    Problem whole = fits.onAllRows();
    return Sweep.isWorthHessians(whole.cost(), fits.folds(), candidates) && !whole.isHeld();
  }
}
