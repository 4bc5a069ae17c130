package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * The pinball loss (q - [r &lt; 0]) r = |r| / 2 + (q - 1/2) r for r = label - prediction, any real
 * label; its mean is least at the q-quantile. With smoothing s > 0, |r| becomes sqrt(r^2 + s^2) -
 * s, which is at most s below.
 *
 * <p>With s = 0 the derivative in the prediction at r = 0 is 1/2 - q. Source: Koenker and Bassett,
 * Regression quantiles, 1978; scikit-learn's pinball loss is the case s = 0.
 */
public record Quantile(double quantile, double smoothing) implements Loss {
  public Quantile {
    Bound.between("quantile", quantile, 0, 1);
    Bound.notNegative("smoothing", smoothing);
  }

  @Override
  public String name() {
    return "quantile";
  }

  @Override
  public Labels labels() {
    return Labels.REAL;
  }

  @Override
  public Optional<String> smoothAlternative() {
    return smoothing > 0 ? Optional.empty() : Optional.of("quantile with smoothing > 0");
  }

  @Override
  public boolean isOfDifference() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    Var residual = label.minus(prediction);
    Var distance = Distance.of(residual, smoothing);
    return distance.times(0.5).plus(residual.times(quantile - 0.5));
  }
}
