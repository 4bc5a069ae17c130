package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * With x = -label prediction, labels -1 or 1: 0 for x &lt;= -1, (x + 1)^2 / 4 up to x = 1, x
 * beyond; the probability it fits, (1 - x) / 2 in [0, 1], reaches both ends.
 *
 * <p>The gradient is continuous; where two pieces meet the second derivative is 0. Source: Martins
 * and Astudillo, From softmax to sparsemax, 2016, section 3.2; JAXopt's binary_sparsemax_loss.
 */
public record Sparsemax() implements Loss {
  @Override
  public String name() {
    return "sparsemax";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return Ramp.integral(prediction.times(label).negate().plus(1), 2);
  }
}
