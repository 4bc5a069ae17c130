package org.tacit.projection;

import java.util.Arrays;
import org.tacit.primitive.LocallyConstant;

/**
 * 1 where a row's projection on {y >= 0, sum y = r} is positive, else 0. Inputs: the point, whose
 * elements may be -infinity, and r. By sorting: the k largest elements are kept, k the largest with
 * x_(k) > (x_(1) + ... + x_(k) - r) / k. Elements equal to the smallest kept are kept. Source:
 * Held, Wolfe and Crowder, Validation of subgradient optimization, 1974.
 */
record SimplexSupport() implements LocallyConstant, RowKernel {
  @Override
  public String name() {
    return "simplexSupport";
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
}
