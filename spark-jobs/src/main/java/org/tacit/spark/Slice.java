package org.tacit.spark;

import java.io.Serializable;

/** A run of one partition's sums on its way to the task that adds that run up. */
final class Slice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int partition;
  private final double[] elements;

  Slice(int partition, double[] elements) {
    this.partition = partition;
    this.elements = elements;
  }

  void putInto(double[][] byPartition) {
    byPartition[partition] = elements;
  }
}
