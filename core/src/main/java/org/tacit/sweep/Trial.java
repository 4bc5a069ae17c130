package org.tacit.sweep;

import java.util.List;
import java.util.Optional;

/**
 * One candidate on one fold: the fit on the rows that the fold keeps, and the outer losses of it on
 * those that the fold holds out.
 *
 * @param candidate its number
 * @param fold its number
 * @param losses in the order of the sweep's; empty where the fit did not converge
 * @param failure why there are no losses though it did
 */
public record Trial(
    int candidate, int fold, Fit fit, List<Double> losses, Optional<String> failure) {
  public Trial {
    losses = List.copyOf(losses);
  }

  /** Whether there are finite losses. */
  public boolean isUsable() {
    return !losses.isEmpty() && losses.stream().allMatch(Double::isFinite);
  }

  /** Why there are none. */
  public Optional<String> reason() {
    return isUsable()
        ? Optional.empty()
        : failure.or(fit::reason).or(() -> Optional.of("a loss is infinite"));
  }
}
