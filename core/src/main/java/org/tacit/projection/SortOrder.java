package org.tacit.projection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Var;

/**
 * Of each row the positions of its elements from the largest to the smallest; equal ones in place.
 */
record SortOrder() implements LocallyConstant, KinkedRows {
  /** {@code map} of the sorted rows, put back in the rows' own order. */
  static Var through(Var rows, UnaryOperator<Var> map) {
    Var order = Var.apply(new SortOrder(), List.of(rows));
    return Permuted.restore(map.apply(Permuted.sort(rows, order)), order);
  }

  /** The rows sorted downwards. */
  static Var downwards(Var rows) {
    return Permuted.sort(rows, Var.apply(new SortOrder(), List.of(rows)));
  }

  /** 1 at the {@code most} largest elements of each row, the first of equal ones, 0 elsewhere. */
  static Var first(int most, Var rows) {
    double[] first = new double[rows.shape().width()];
    Arrays.fill(first, 0, Math.min(most, first.length), 1);
    Var isFirst = Var.constant(Matrix.adopting(1, first.length, first));
    return through(rows, sorted -> isFirst.broadcastTo(sorted.shape()));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] order) {
    double[] x = inputs[0];
    List<Integer> sorted =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -x[j]))
            .toList();
    Arrays.setAll(order, sorted::get);
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
