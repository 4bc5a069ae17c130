package org.tacit.loss;

import org.tacit.primitive.Var;

/**
 * log(sum_c exp(prediction_c)) - prediction_label: the cross entropy of softmax, with a column of
 * predictions for each class 0 to K - 1 and no class pinned to zero. A score of -infinity masks its
 * class; the loss of a row whose own class is masked is infinite.
 */
public record Multinomial() implements Loss {
  @Override
  public String name() {
    return "multinomial";
  }

  @Override
  public Labels labels() {
    return Labels.CLASSES;
  }

  @Override
  public Var of(Var prediction, Var label) {
    ClassScores scores = ClassScores.of(prediction, label);
    return scores.all().logSumExp().minus(scores.own());
  }
}
