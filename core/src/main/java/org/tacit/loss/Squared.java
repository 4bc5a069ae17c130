package org.tacit.loss;

import org.tacit.primitive.Var;

/** 1/2 (prediction - label)^2. */
public record Squared() implements Loss {
  @Override
  public String name() {
    return "squared";
  }

  @Override
  public Labels labels() {
    return Labels.REAL;
  }

  @Override
  public boolean isOfDifference() {
    return true;
  }

  @Override
  public Var of(Var prediction, Var label) {
    return prediction.minus(label).square().times(0.5);
  }
}
