package org.tacit.data;

import java.io.Serializable;
import java.util.BitSet;

/** Collects a {@link LabelSet} while rows are read. Seeing a row twice changes nothing. */
final class LabelsSeen implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean isOfClasses;
  private final BitSet classes = new BitSet();
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;
  private double largestWeight;

  LabelsSeen(boolean isOfClasses) {
    this.isOfClasses = isOfClasses;
  }

  void add(double label, double weight) {
    if (weight > 0) {
      largestWeight = Math.max(largestWeight, weight);
      least = Math.min(least, label);
      largest = Math.max(largest, label);
      if (isOfClasses) {
        classes.set((int) label);
      }
    }
  }

  void add(LabelsSeen that) {
    classes.or(that.classes);
    least = Math.min(least, that.least);
    largest = Math.max(largest, that.largest);
    largestWeight = Math.max(largestWeight, that.largestWeight);
  }

  LabelSet set() {
    return new LabelSet(
        least, largest, classes.cardinality(), classes.nextClearBit(0), largestWeight);
  }
}
