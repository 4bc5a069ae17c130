package org.tacit.spark;

import java.util.BitSet;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects a {@link LabelSet} while rows are read. Seeing a row twice changes nothing, so a task
 * that runs again does no harm.
 */
final class LabelsSeen extends AccumulatorV2<Example, LabelSet> {
  private static final long serialVersionUID = 1L;

  private final boolean isOfClasses;
  private final BitSet classes = new BitSet();
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;
  private double largestWeight;

  LabelsSeen(boolean isOfClasses) {
    this.isOfClasses = isOfClasses;
  }

  @Override
  public void add(Example row) {
    if (row.weight() > 0) {
      largestWeight = Math.max(largestWeight, row.weight());
      least = Math.min(least, row.label());
      largest = Math.max(largest, row.label());
      if (isOfClasses) {
        classes.set((int) row.label());
      }
    }
  }

  @Override
  public void merge(AccumulatorV2<Example, LabelSet> other) {
    LabelsSeen that = (LabelsSeen) other;
    classes.or(that.classes);
    least = Math.min(least, that.least);
    largest = Math.max(largest, that.largest);
    largestWeight = Math.max(largestWeight, that.largestWeight);
  }

  @Override
  public LabelSet value() {
    return new LabelSet(
        least, largest, classes.cardinality(), classes.nextClearBit(0), largestWeight);
  }

  @Override
  public boolean isZero() {
    return largestWeight == 0;
  }

  @Override
  public AccumulatorV2<Example, LabelSet> copy() {
    LabelsSeen copy = new LabelsSeen(isOfClasses);
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    classes.clear();
    least = Double.POSITIVE_INFINITY;
    largest = Double.NEGATIVE_INFINITY;
    largestWeight = 0;
  }
}
