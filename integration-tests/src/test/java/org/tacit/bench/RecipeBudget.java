package org.tacit.bench;

import java.util.List;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterStopping;
import org.tacit.solver.Stopping;

/**
 * How much a set's recipes may take.
 *
 * @param inner how exact fits are
 * @param strengths of priors that are chosen among; none where that takes too long
 * @param bounds of log penalties, and of the grid of common ones
 * @param points of that grid
 */
record RecipeBudget(
    OuterStopping until, Stopping inner, List<Double> strengths, Bounds bounds, int points) {
  private static final List<Double> STRENGTHS = List.of(0.0, 1e-4, 1e-3, 1e-2, 1e-1);
  private static final Bounds WIDE = Bounds.of(-12, 4);

  static final RecipeBudget FULL =
      new RecipeBudget(
          new OuterStopping(1e-3, 40, 1e-8), Stopping.relative(1e-8, 500), STRENGTHS, WIDE, 20);

  /** Ten steps. */
  static final RecipeBudget TEN_STEPS =
      new RecipeBudget(
          new OuterStopping(1e-3, 10, 1e-6), Stopping.relative(1e-6, 500), STRENGTHS, WIDE, 20);

  /** Six steps for hundreds of unknowns, which no strength is chosen for. */
  static final RecipeBudget SIX_STEPS =
      new RecipeBudget(
          new OuterStopping(1e-3, 6, 1e-5),
          Stopping.relative(1e-5, 500),
          List.of(),
          Bounds.of(-9, 1),
          11);

  double low() {
    return bounds.low().value();
  }

  double high() {
    return bounds.high().value();
  }
}
