package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A function of two numbers, applied element by element; an axis of length 1 stretches to the
 * other's length.
 */
interface PointwisePair extends Differentiable, Kernel {
  double at(double a, double b);

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.get(0).broadcast(inputs.get(1));
  }

  @Override
  default boolean widens(List<Shape> inputs, boolean[] grouped) {
    return Broadcasting.widens(shape(inputs), inputs, grouped);
  }

  @Override
  default Optional<Var> simplify(List<Var> inputs) {
    return Broadcasting.unstretched(this, inputs);
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    int stepA = a.cols() == 1 ? 0 : 1;
    int stepB = b.cols() == 1 ? 0 : 1;
    for (int i = 0; i < output.rows(); i++) {
      int fromA = a.at(a.rows() == 1 ? 0 : i);
      int fromB = b.at(b.rows() == 1 ? 0 : i);
      int to = output.at(i);
      for (int j = 0; j < output.cols(); j++) {
        output.data()[to + j] = at(a.data()[fromA + j * stepA], b.data()[fromB + j * stepB]);
      }
    }
  }
}
