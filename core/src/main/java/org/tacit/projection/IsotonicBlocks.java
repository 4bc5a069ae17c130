package org.tacit.projection;

import org.tacit.primitive.LocallyConstant;

/**
 * For each element of a row the block it is averaged with in the nearest non-decreasing row, by its
 * first position. Pool adjacent violators, O(width): Best and Chakravarti, Active set algorithms
 * for isotonic regression, 1990. Neighbours of equal mean stay apart.
 */
record IsotonicBlocks() implements LocallyConstant, KinkedRows {
  @Override
  public String name() {
    return "isotonicBlocks";
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] labels) {
    int n = labels.length;
    int[] start = new int[n + 1];
    double[] mean = new double[n];
    int blocks = 0;
    for (int j = 0; j < n; j++) {
      start[blocks] = j;
      mean[blocks++] = inputs[0][j];
      while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
        int left = start[blocks - 1] - start[blocks - 2];
        int right = j + 1 - start[blocks - 1];
        mean[blocks - 2] = (mean[blocks - 2] * left + mean[blocks - 1] * right) / (left + right);
        blocks--;
      }
    }
    start[blocks] = n;
    for (int k = 0; k < blocks; k++) {
      java.util.Arrays.fill(labels, start[k], start[k + 1], start[k]);
    }
  }

  @Override
  public String kink() {
    return "neighbours of an isotonic fit are equal with no force to keep them so";
  }

  /** Between blocks the rise, inside one the pressure that holds it together. */
  @Override
  public void marginsOfRow(double[][] inputs, double[] labels, double[] distances, double[] sizes) {
    double[] x = inputs[0];
    double[] means = new double[x.length];
    new BlockMean().evaluateRow(new double[][] {x, labels}, means);
    double pressure = 0;
    double size = 0;
    for (int j = 0; j + 1 < x.length; j++) {
      boolean isFirst = labels[j] == j;
      pressure = (isFirst ? 0 : pressure) + x[j] - means[j];
      size = Math.max(isFirst ? 0 : size, Math.abs(x[j]));
      boolean isInside = labels[j + 1] == labels[j];
      distances[j] = isInside ? pressure : means[j + 1] - means[j];
      sizes[j] = isInside ? size : Math.max(Math.abs(means[j]), Math.abs(means[j + 1]));
    }
    if (x.length > 0) {
      distances[x.length - 1] = Double.POSITIVE_INFINITY;
    }
  }
}
