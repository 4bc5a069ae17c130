package org.tacit.projection;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.tacit.primitive.LocallyConstant;

/**
 * Of each row the positions of its elements from the largest to the smallest; equal ones in place.
 */
record SortOrder() implements LocallyConstant, KinkedRows {
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

  @Override
  public String kink() {
    return "two sorted elements are equal";
  }

  @Override
  public void marginsOfRow(double[][] inputs, double[] order, double[] distances, double[] sizes) {
    for (int k = 0; k < order.length; k++) {
      double here = inputs[0][(int) order[k]];
      boolean isLast = k + 1 == order.length;
      double next = isLast ? Double.NEGATIVE_INFINITY : inputs[0][(int) order[k + 1]];
      distances[k] = here - next;
      sizes[k] = Math.max(Math.abs(here), Math.abs(next));
    }
  }
}
