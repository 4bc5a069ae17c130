package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** Where a solve stands, the best point it has moved to, and the residuals on its way. */
final class Trail {
  /** Values of the objective that differ by this part are equal but for the rounding of sums. */
  private static final double LEVEL = 1e-13;

  private final boolean isByValue;
  private final List<Double> history = new ArrayList<>();
  private Spot here;
  private Spot best;

  /**
   * A point with what is known of it.
   *
   * @param norm |F|; NaN where F is not finite
   * @param violation how far it is from a solution: |F|, or what else is held against it
   * @param floor what rounding alone may leave of |F| there
   */
  record Spot(Matrix x, Problem.Evaluated evaluated, double norm, double violation, double floor) {
    Spot violating(double howFar) {
      return new Spot(x, evaluated, norm, howFar, floor);
    }
  }

  /** By the objective, where it is known, the smallest is the best, else by the violation. */
  Trail(Spot start, boolean isByValue) {
    this.isByValue = isByValue;
    this.here = start;
    this.best = start;
  }

  Spot here() {
    return here;
  }

  Spot best() {
    return best;
  }

  boolean isByValue() {
    return isByValue;
  }

  List<Double> history() {
    return history;
  }

  int iterations() {
    return history.size();
  }

  /** Holds this against the start. */
  void judge(double violation) {
    here = here.violating(violation);
    best = here;
  }

  void moveTo(Spot next) {
    here = next;
    best = isBetter() ? here : best;
  }

  void backTo(Spot earlier) {
    here = earlier;
  }

  /** Takes where this is for the best point. */
  void keep() {
    best = here;
  }

  /** Counts an iteration that ends here. */
  void stay() {
    history.add(here.norm);
  }

  private boolean isBetter() {
    if (!isByValue || here.evaluated.value().isEmpty()) {
      return here.violation < best.violation;
    }
    if (best.evaluated.value().isEmpty()) {
      return true;
    }
    double value = here.evaluated.value().getAsDouble();
    double lowest = best.evaluated.value().getAsDouble();
    boolean isInfinite = Double.isInfinite(value) || Double.isInfinite(lowest);
    double rounding = isInfinite ? 0 : LEVEL * Math.max(Math.abs(value), Math.abs(lowest));
    boolean isLevel = value == lowest || value <= lowest + rounding;
    return value < lowest - rounding || (isLevel && here.violation < best.violation);
  }
}
