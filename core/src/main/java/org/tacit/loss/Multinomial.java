package org.tacit.loss;

import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/**
 * log(sum_c exp(prediction_c)) - prediction_label: the cross entropy of softmax, with a column of
 * predictions for each class 0 to K - 1 and no class pinned to zero.
 */
public record Multinomial() implements Loss {
  @Override
  public String name() {
    return "multinomial";
  }

  @Override
  public Var of(Var prediction, Var label) {
    Var chosen = Var.constant(Matrix.identity(prediction.shape().width())).rows(label);
    return prediction.logSumExp().minus(prediction.times(chosen).sumCols());
  }
}
