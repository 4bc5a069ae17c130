package org.tacit.loss;

import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** Reads classes 0 to K - 1 against K columns of scores. */
final class OneHot {
  private OneHot() {}

  /** 1 in the column of each row's class, 0 elsewhere: rows x K. */
  static Var of(Var scores, Var label) {
    return Var.constant(Matrix.identity(scores.shape().width())).rows(label);
  }
}
