package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * max(1 - z, 0)^2 for the margin z = label prediction, labels -1 or 1.
 *
 * <p>The gradient is continuous; at z = 1 the second derivative is 2, that of the left. Source: Fan
 * et al., LIBLINEAR, 2008, section 2 (L2-loss).
 */
public record SquaredHinge() implements Loss {
  @Override
  public String name() {
    return "squared-hinge";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return Var.constant(1).minus(prediction.times(label)).max(Var.constant(0)).square();
  }
}
