package org.tacit.loss;

import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/**
 * Scores of classes, rows x K, counted from the score of each row's own class, so that large ones
 * cancel before anything is rounded: losses of classes do not move when a row's scores all move
 * alike. What is taken off is held, and derivatives are those in the scores themselves.
 *
 * <p>A score of -infinity masks its class. Where a row's own class is masked nothing is taken off,
 * and its own score stays -infinity.
 *
 * @param all the scores, rows x K
 * @param own the score of the row's class, rows x 1: 0 in value, or -infinity
 * @param isOwn 1 in the column of each row's class, 0 elsewhere: rows x K
 */
record ClassScores(Var all, Var own, Var isOwn) {
  static ClassScores of(Var scores, Var label) {
    Var own = scores.lookup(label);
    Var masked = Var.constant(Double.NEGATIVE_INFINITY);
    Var origin = Var.where(own.greaterThan(masked), own, Var.constant(0)).held();
    Var isOwn = Var.constant(Matrix.identity(scores.shape().width())).rows(label);
    return new ClassScores(scores.minus(origin), own.minus(origin), isOwn);
  }
}
