package org.tacit.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * The moments of the scores of one of two classes, by the rows' weights.
 *
 * @param isOfClass 1 for its rows, 0 for others
 */
record ClassMoments(Var isOfClass, Var total, Var mean, Var meanSquare) {
  static ClassMoments of(Rows rows, Var scores, Var isOfClass) {
    Var total = rows.sum(isOfClass);
    return new ClassMoments(
        isOfClass,
        total,
        rows.sum(scores.times(isOfClass)).divide(total),
        rows.sum(scores.square().times(isOfClass)).divide(total));
  }

  Var variance() {
    return meanSquare.minus(mean.square());
  }

  /** Of a value of each row, 1 x columns. */
  Var mean(Rows rows, Var each) {
    return rows.sum(each.times(isOfClass)).divide(total);
  }

  static Var isPositive(Rows rows) {
    return rows.label().greaterThan(Var.constant(0));
  }

  static Var isNegative(Rows rows) {
    return rows.label().lessThan(Var.constant(0));
  }

  /** The weight of either class. */
  static Map<String, Var> needed(Rows rows) {
    Map<String, Var> needed = new LinkedHashMap<>();
    needed.put("a negative label", rows.sum(isNegative(rows)));
    needed.put("a positive label", rows.sum(isPositive(rows)));
    return needed;
  }
}
