package org.tacit.loss;

import java.util.Map;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/** {@link OuterLoss#squaredPairs}. */
record PairwiseSquared(double margin) implements OuterLoss {
  @Override
  public String name() {
    return "squared-pairs";
  }

  @Override
  public String title() {
    return "squared loss of pairs";
  }

  @Override
  public Labels labels() {
    return Labels.BINARY;
  }

  @Override
  public Var over(Rows rows, Predicted predicted) {
    Var s = predicted.scores();
    ClassMoments positive = ClassMoments.of(rows, s, ClassMoments.isPositive(rows));
    ClassMoments negative = ClassMoments.of(rows, s, ClassMoments.isNegative(rows));
    Var missed = Var.constant(margin).minus(positive.mean().minus(negative.mean())).square();
    return missed.plus(positive.variance()).plus(negative.variance());
  }

  @Override
  public Map<String, Var> needed(Rows rows) {
    return ClassMoments.needed(rows);
  }
}
