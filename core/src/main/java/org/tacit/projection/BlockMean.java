package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Linear;
import org.tacit.primitive.Var;

/**
 * Each element's mean over its block, a block being a run of equal labels in a row. Inputs: values,
 * labels. Linear in the values, and its own transpose.
 */
public record BlockMean() implements Linear, RowKernel {
  /** The means of {@code values}, of their shape. */
  public static Var of(Var values, Var labels) {
    return Var.apply(new BlockMean(), List.of(values, labels));
  }

  @Override
  public String name() {
    return "blockMean";
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return of(cotangent, inputs.get(1));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    int from = 0;
    while (from < output.length) {
      int to = from;
      double sum = 0;
      while (to < output.length && inputs[1][to] == inputs[1][from]) {
        sum += inputs[0][to++];
      }
      java.util.Arrays.fill(output, from, to, sum / (to - from));
      from = to;
    }
  }
}
