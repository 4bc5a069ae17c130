package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Linear;
import org.tacit.primitive.Var;

/**
 * Each row in another order: element k is element order_k of the values, or goes there when turned
 * back. Inputs: values, order. Linear in the values; the two ways are each other's transpose and
 * inverse.
 */
record Permuted(Way way) implements Linear, RowKernel {
  /** The two ways. */
  enum Way {
    SORT,
    RESTORE
  }

  static Var sort(Var values, Var order) {
    return Var.apply(new Permuted(Way.SORT), List.of(values, order));
  }

  static Var restore(Var values, Var order) {
    return Var.apply(new Permuted(Way.RESTORE), List.of(values, order));
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return way == Way.SORT ? restore(cotangent, inputs.get(1)) : sort(cotangent, inputs.get(1));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    for (int k = 0; k < output.length; k++) {
      int j = (int) inputs[1][k];
      if (way == Way.SORT) {
        output[k] = inputs[0][j];
      } else {
        output[j] = inputs[0][k];
      }
    }
  }
}
