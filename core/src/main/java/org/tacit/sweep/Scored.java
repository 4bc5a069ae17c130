package org.tacit.sweep;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tacit.linsolve.Solution;

/**
 * How one fit ended, with the outer losses of its solution on the rows that its fold holds out.
 *
 * @param losses empty of a fit on all rows, and where there is no solution or there are none of it
 * @param failure why there are none of a solution
 */
record Scored(SweepResult.Fit fit, Optional<List<Double>> losses, Optional<String> failure) {
  static Scored of(SweepResult.Fit fit) {
    return new Scored(fit, Optional.empty(), Optional.empty());
  }

  /** A solution with its losses, which may not be numbers. */
  static Scored of(Solution solution, Supplier<Optional<List<Double>>> losses) {
    SweepResult.Fit fit = SweepResult.Fit.of(solution);
    if (!fit.isConverged()) {
      return of(fit);
    }
    try {
      return new Scored(fit, losses.get(), Optional.empty());
    } catch (RuntimeException none) {
      return new Scored(fit, Optional.empty(), Optional.of(String.valueOf(none.getMessage())));
    }
  }

  /** The same without what the fit leaves for others. */
  Scored alone() {
    return new Scored(fit.alone(), losses, failure);
  }
}
