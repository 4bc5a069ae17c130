package org.tacit.loss;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * max(-z, 0) for the margin z = label prediction, labels -1 or 1.
 *
 * <p>At z = 0 the derivative in z is -1, that of the left. Source: Rosenblatt, The perceptron,
 * 1958; JAXopt's binary_perceptron_loss.
 */
public record Perceptron() implements Loss {
  @Override
  public String name() {
    return "perceptron";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Optional<String> smoothAlternative() {
    return Optional.of("logistic or sparsemax");
  }

  @Override
  public Var of(Var prediction, Var label) {
    return prediction.times(label).negate().max(Var.constant(0));
  }
}
