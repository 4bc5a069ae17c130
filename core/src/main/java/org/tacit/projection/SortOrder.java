package org.tacit.projection;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.tacit.primitive.LocallyConstant;

/**
 * Of each row the positions of its elements from the largest to the smallest; equal ones in place.
 */
record SortOrder() implements LocallyConstant, RowKernel {
  @Override
  public String name() {
    return "sortOrder";
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] order) {
    double[] x = inputs[0];
    int[] sorted =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -x[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = 0; k < sorted.length; k++) {
      order[k] = sorted[k];
    }
  }
}
