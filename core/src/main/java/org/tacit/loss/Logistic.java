package org.tacit.loss;

import org.tacit.primitive.Var;

/** log(1 + exp(-label prediction)), labels -1 or 1. */
public record Logistic() implements Loss {
  @Override
  public String name() {
    return "logistic";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return prediction.times(label).negate().softplus();
  }
}
