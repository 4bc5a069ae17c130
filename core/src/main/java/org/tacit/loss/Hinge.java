package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * max(1 - z, 0) for the margin z = label prediction, labels -1 or 1.
 *
 * <p>At z = 1 the derivative in z is -1, that of the left. Source: Cortes and Vapnik,
 * Support-vector networks, 1995; JAXopt's binary_hinge_loss.
 */
public record Hinge() implements Loss {
  @Override
  public String name() {
    return "hinge";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Optional<String> smoothAlternative() {
    return Optional.of("smoothed-hinge or squared-hinge");
  }

  @Override
  public Var of(Var prediction, Var label) {
    return Var.constant(1).minus(prediction.times(label)).max(Var.constant(0));
  }
}
