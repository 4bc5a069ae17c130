package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * With x = 1 - z for the margin z = label prediction, labels -1 or 1: 0 for x &lt;= 0, x^2 / (2 s)
 * up to x = s, x - s / 2 beyond; the hinge as s goes to 0.
 *
 * <p>The gradient is continuous; where two pieces meet the second derivative is 0. Source:
 * Shalev-Shwartz and Zhang, Stochastic dual coordinate ascent, 2013, section 5; with s = 1 Rennie
 * and Srebro's of 2005.
 */
public record SmoothedHinge(double smoothing) implements Loss {
  public SmoothedHinge {
    Bound.positive("smoothing", smoothing);
  }

  @Override
  public String name() {
    return "smoothed-hinge";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return Ramp.integral(Var.constant(1).minus(prediction.times(label)), smoothing);
  }
}
