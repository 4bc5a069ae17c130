package org.tacit.data;

import java.util.Arrays;

/**
 * One row's features while columns are put side by side; sparse as soon as one of them is. Takes
 * room for what is not zero in sparse columns and for all of dense ones, whatever the width.
 */
final class FeatureRow {
  private static final int[] NONE = {};

  private final FeatureRange range;
  private int[] index = NONE;
  private double[] values;
  private int size;
  private int width;

  /** Of so many numbers or more. */
  FeatureRow(FeatureRange range, int least) {
    this.range = range;
    this.values = new double[Math.max(16, least)];
  }

  void add(double value) throws BadCell {
    grow(size + 1);
    if (index.length > 0) {
      index[size] = width;
    }
    width++;
    values[size++] = range.checked(value);
  }

  void addSparse(int[] at, double[] elements, int length) throws BadCell {
    if (index.length == 0) {
      index = new int[values.length];
      Arrays.setAll(index, i -> i);
    }
    grow(size + at.length);
    for (int i = 0; i < at.length; i++) {
      index[size] = width + at[i];
      values[size++] = range.checked(elements[i]);
    }
    width += length;
  }

  private void grow(int least) {
    if (least > values.length) {
      int length = Math.max(least, 2 * values.length);
      values = Arrays.copyOf(values, length);
      if (index.length > 0) {
        index = Arrays.copyOf(index, length);
      }
    }
  }

  Example example(Example.Marks marks) {
    double[] kept = size == values.length ? values : Arrays.copyOf(values, size);
    return index.length > 0
        ? Example.sparse(marks, Arrays.copyOf(index, size), kept)
        : Example.dense(marks, kept);
  }
}
