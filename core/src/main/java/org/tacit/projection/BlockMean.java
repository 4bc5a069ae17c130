package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Linear;
import org.tacit.primitive.Var;

/**
 * Each element's mean over its block, or how far it is above it, a block being a run of equal
 * labels in a row. Inputs: values, labels. Linear in the values, and its own transpose. What is
 * above the mean is exact far from the origin too: it is counted from the block's first element.
 */
record BlockMean(Part part) implements Linear, RowKernel {
  /** What of the values is left. */
  enum Part {
    MEAN,
    ABOVE
  }

  /** The means. */
  public BlockMean() {
    this(Part.MEAN);
  }

  /** The means of {@code values}, of their shape. */
  public static Var of(Var values, Var labels) {
    return Var.apply(new BlockMean(Part.MEAN), List.of(values, labels));
  }

  /** The values less their means. */
  static Var above(Var values, Var labels) {
    return Var.apply(new BlockMean(Part.ABOVE), List.of(values, labels));
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return Var.apply(this, List.of(cotangent, inputs.get(1)));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    double[] values = inputs[0];
    int from = 0;
    while (from < output.length) {
      int to = from;
      double origin = part == Part.MEAN ? 0 : values[from];
      CompensatedSum sum = new CompensatedSum();
      while (to < output.length && inputs[1][to] == inputs[1][from]) {
        sum.add(values[to++] - origin);
      }
      double mean = sum.value() / (to - from);
      for (int j = from; j < to; j++) {
        output[j] = part == Part.MEAN ? mean : values[j] - origin - mean;
      }
      from = to;
    }
  }
}
