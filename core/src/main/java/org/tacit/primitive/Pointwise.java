package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/** A function of one number, applied to every element. */
interface Pointwise extends Elementwise {
  /** The value at {@code x}. */
  double at(double x);

  /** The derivative at {@code x}, where the value is {@code y}. */
  Var slope(Var x, Var y);

  @Override
  default Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return tangents.get(0).isZero()
        ? Var.zero(output.shape())
        : slope(inputs.get(0), output).times(tangents.get(0));
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    if (x.isContiguous() && output.isContiguous()) {
      run(x.data(), x.offset(), output.data(), output.offset(), output.rows() * output.cols());
      return;
    }
    for (int i = 0; i < output.rows(); i++) {
      run(x.data(), x.at(i), output.data(), output.at(i), output.cols());
    }
  }

  /**
   * Writes {@code out[to + j] = at(x[from + j])}. Frequent functions do without a call for each
   * number.
   */
  default void run(double[] x, int from, double[] out, int to, int count) {
    for (int j = 0; j < count; j++) {
      out[to + j] = at(x[from + j]);
    }
  }
}
