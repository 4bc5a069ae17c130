package org.tacit.spark;

import java.util.Arrays;

/** One row's features while columns are put side by side; sparse as soon as one of them is. */
final class FeatureRow {
  private final int[] index;
  private final double[] values;
  private int size;
  private int width;
  private boolean sparse;

  FeatureRow(int width) {
    this.index = new int[width];
    this.values = new double[width];
  }

  void add(double value) {
    index[size] = width++;
    values[size++] = value;
  }

  void addSparse(String column, int[] at, double[] elements, int length) throws BadCell {
    sparse = true;
    for (int i = 0; i < at.length; i++) {
      index[size] = width + at[i];
      values[size++] = Cell.finite(column, elements[i]);
    }
    width += length;
  }

  Example example(Example.Marks marks) {
    double[] kept = Arrays.copyOf(values, size);
    return sparse
        ? Example.sparse(marks, Arrays.copyOf(index, size), kept)
        : Example.dense(marks, kept);
  }
}
