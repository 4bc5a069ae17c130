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
    for (int i = 0; i < output.rows(); i++) {
      int from = x.at(i);
      int to = output.at(i);
      for (int j = 0; j < output.cols(); j++) {
        output.data()[to + j] = at(x.data()[from + j]);
      }
    }
  }
}
