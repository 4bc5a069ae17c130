package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Var;

/**
 * For each element of a row x - v the block it is averaged with in the nearest non-decreasing row,
 * by its first position. Inputs: x, v. Pool adjacent violators, O(width): Best and Chakravarti,
 * Active set algorithms for isotonic regression, 1990. Neighbours of equal mean stay apart; sums
 * are kept in twice the precision, so that equal means are.
 */
record IsotonicBlocks() implements LocallyConstant, KinkedRows {
  /** Means that differ by less than this, relatively, are compared in twice the precision. */
  private static final double CLOSE = 1e-12;

  static Var of(Var x, Var v) {
    return Var.apply(new IsotonicBlocks(), List.of(x, v));
  }

  /** The means of {@code rows} over the blocks in which {@code upward} is not increasing. */
  static Var means(Var rows, Var upward) {
    return BlockMean.of(rows, of(upward, Var.constant(0)));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] labels) {
    int n = labels.length;
    int[] start = new int[n + 1];
    CompensatedSum[] sum = new CompensatedSum[n];
    int blocks = 0;
    for (int j = 0; j < n; j++) {
      start[blocks] = j;
      sum[blocks++] = new CompensatedSum().add(inputs[0][j]).add(-inputs[1][j]);
      while (blocks > 1) {
        int left = start[blocks - 1] - start[blocks - 2];
        int right = j + 1 - start[blocks - 1];
        if (!isAbove(sum[blocks - 2], left, sum[blocks - 1], right)) {
          break;
        }
        sum[blocks - 2].add(sum[blocks - 1]);
        blocks--;
      }
    }
    start[blocks] = n;
    for (int k = 0; k < blocks; k++) {
      java.util.Arrays.fill(labels, start[k], start[k + 1], start[k]);
    }
  }

  /** Whether a / m > b / n. */
  private static boolean isAbove(CompensatedSum a, int m, CompensatedSum b, int n) {
    double left = a.value() / m;
    double right = b.value() / n;
    if (Math.abs(left - right) > CLOSE * (Math.abs(left) + Math.abs(right))) {
      return left > right;
    }
    return new CompensatedSum().addTimes(n, a).addTimes(-m, b).value() > 0;
  }

  @Override
  public String kink() {
    return "neighbours of an isotonic fit are equal with no force to keep them so";
  }

  /** Between blocks the rise, inside one the pressure that holds it together. */
  @Override
  public void marginsOfRow(double[][] inputs, double[] labels, double[] distances, double[] sizes) {
    double[] x = new double[labels.length];
    java.util.Arrays.setAll(x, j -> inputs[0][j] - inputs[1][j]);
    double[] means = new double[x.length];
    new BlockMean().evaluateRow(new double[][] {x, labels}, means);
    double pressure = 0;
    double size = 0;
    for (int j = 0; j + 1 < x.length; j++) {
      boolean isFirst = labels[j] == j;
      pressure = (isFirst ? 0 : pressure) + x[j] - means[j];
      double both = Math.max(Math.abs(inputs[0][j]), Math.abs(inputs[1][j]));
      size = Math.max(isFirst ? 0 : size, both);
      boolean isInside = labels[j + 1] == labels[j];
      distances[j] = isInside ? pressure : means[j + 1] - means[j];
      sizes[j] = isInside ? size : Math.max(Math.abs(means[j]), Math.abs(means[j + 1]));
    }
    if (x.length > 0) {
      distances[x.length - 1] = Double.POSITIVE_INFINITY;
    }
  }
}
