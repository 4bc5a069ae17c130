package org.tacit.projection;

import java.util.Arrays;
import java.util.List;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Var;

/**
 * 1 where a row's projection on {y >= 0, sum y = r} is positive, else 0. Inputs: the point, whose
 * elements may be -infinity, and r. By sorting: the k largest elements are kept, k the largest with
 * x_(k) > (x_(1) + ... + x_(k) - r) / k. Elements equal to the smallest kept are kept. Source:
 * Held, Wolfe and Crowder, Validation of subgradient optimization, 1974.
 */
record SimplexSupport() implements LocallyConstant, KinkedRows {
  /** What a common offset adds to sizes, which are good to some 1e5 units of rounding. */
  private static final double LARGEST_LOSS = 1e-4;

  /** The nearest rows >= 0 of this sum. */
  static Var nearest(Var rows, Var sum) {
    return nearest(rows, rows, sum);
  }

  /** The same with the support of {@code candidates}. */
  static Var nearest(Var rows, Var candidates, Var sum) {
    Var support = Var.apply(new SimplexSupport(), List.of(candidates, sum));
    Var zero = Var.constant(0);
    Var excess = Var.where(support, rows, zero).sumCols().minus(sum);
    return Var.where(support, rows.minus(excess.divide(support.sumCols())), zero);
  }

  /**
   * The rows less their largest element, which moves no projection on a simplex: far from the
   * origin, what is to be told apart is then small. It is held, so that derivatives are the
   * formula's.
   */
  static Var fromLargest(Var rows) {
    return rows.minus(rows.maxCols().held());
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] support) {
    double[] sorted = inputs[0].clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double smallest = n == 0 ? 0 : sorted[n - 1];
    double sum = smallest;
    for (int k = 2; k <= n; k++) {
      double next = sorted[n - k];
      sum += next;
      if (!(next > (sum - inputs[1][0]) / k)) {
        break;
      }
      smallest = next;
    }
    for (int j = 0; j < n; j++) {
      support[j] = inputs[0][j] >= smallest ? 1 : 0;
    }
  }

  @Override
  public String kink() {
    return "an element of the point is at the simplex's threshold";
  }

  /** Elements less the threshold, both less the largest, so that a common offset cancels. */
  @Override
  public void marginsOfRow(
      double[][] inputs, double[] support, double[] distances, double[] sizes) {
    double largest = Arrays.stream(inputs[0]).max().orElse(0);
    double sum = 0;
    int count = 0;
    for (int j = 0; j < support.length; j++) {
      sum += support[j] != 0 ? inputs[0][j] - largest : 0;
      count += support[j] != 0 ? 1 : 0;
    }
    double threshold = count == 0 ? 0 : (sum - inputs[1][0]) / count;
    double rounding = LARGEST_LOSS * Math.abs(largest);
    for (int j = 0; j < support.length; j++) {
      double past = inputs[0][j] - largest;
      distances[j] = past - threshold;
      sizes[j] = Math.max(Math.abs(past), Math.abs(threshold)) + rounding;
    }
  }
}
