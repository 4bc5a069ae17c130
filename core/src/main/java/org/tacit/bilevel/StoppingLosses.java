package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the steps of an outer optimisation have on rows that theta is not tuned on, by which {@link
 * EarlyStopping} ends it.
 *
 * @param losses of each accepted step, the start first; infinite where there is none
 * @param best the point of the first step that has the least
 */
public record StoppingLosses(List<Double> losses, OuterPoint best) {
  public StoppingLosses {
    losses = List.copyOf(losses);
  }

  /** With one more step, which came to a point. */
  static StoppingLosses after(Optional<StoppingLosses> before, double loss, OuterPoint point) {
    List<Double> losses = new ArrayList<>(before.map(StoppingLosses::losses).orElse(List.of()));
    boolean isBest = before.isEmpty() || loss < before.get().least();
    losses.add(loss);
    return new StoppingLosses(losses, isBest ? point : before.get().best);
  }

  /** Accepted steps, the start not counted. */
  public int steps() {
    return losses.size() - 1;
  }

  /** The first of the steps that have the least loss; 0 is the start. */
  public int bestStep() {
    return losses.indexOf(least());
  }

  /** The least loss. */
  public double least() {
    return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  int stepsSinceBest() {
    return steps() - bestStep();
  }
}
